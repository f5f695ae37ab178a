// What a form gives: as a record that can be kept, in words for a person, and put back into the form.
window.entente = window.entente || {};
window.entente.given = (() => {
  "use strict";
  const idOf = (form) => form.elements[form.dataset.queue].value;
  const actionOf = (form) => new URL(form.action).pathname;

  function recordOf(form, fields) {
    return {
      id: idOf(form),
      learner: document.body.dataset.learner,
      action: actionOf(form),
      page: form.dataset.queuePage || location.pathname,
      label: form.dataset.queueLabel,
      leads: form.dataset.queueLeads || "Sent",
      fields: [...fields].filter(([name, value]) => name !== "csrf_token" && typeof value === "string"),
      given: wordsOf(form),
      answeredAt: new Date().toISOString(),
      heldUntil: 0,
      refused: "",
      failures: 0,
    };
  }

  function plainWords(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[aria-hidden=true]").forEach((each) => each.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function wordsOfField(field) {
    const group = field.closest("[role=radiogroup]") || field;
    const about = document.getElementById(group.getAttribute("aria-labelledby") || group.getAttribute("aria-describedby"));
    const named = [about, ...(field.labels || [])].filter(Boolean).map(plainWords);
    const isChoice = ["radio", "checkbox"].includes(field.type);
    if (isChoice) named.push(field.getAttribute("aria-label"));
    else if (field.tagName === "SELECT") named.push(field.selectedOptions[0].text);
    else if (["text", "textarea"].includes(field.type)) named.push(field.value);
    else return "";
    return isChoice && !field.checked ? "" : named.filter(Boolean).join(": ");
  }

  /** What was asked and answered, for somebody to read. */
  function wordsOf(form) {
    const asked = form.querySelector("legend");
    return [asked ? plainWords(asked) : "", ...[...form.elements].map(wordsOfField)].filter(Boolean).join("\n");
  }

  function fill(form, record) {
    for (const [name, value] of record.fields) {
      form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=hidden])`).forEach((field) => {
        if (["radio", "checkbox"].includes(field.type)) field.checked = field.checked || field.value === value;
        else field.value = value;
      });
    }
  }

  return { idOf, actionOf, recordOf, fill };
})();
