// What pages do with scripts on: keys, focus after a part was replaced, nothing typed is lost.
(() => {
  "use strict";
  const { player } = window.entente;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isTyping = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, dialog");

  function focusFresh(root) {
    const target = all("[data-focus]", root).find((each) => !each.closest("[data-still]"));
    if (target) target.focus({ preventScroll: false });
  }

  function choose(number) {
    const inputs = all("[data-question] fieldset input[name=options]");
    const input = inputs[number - 1];
    if (!input) return false;
    input.focus();
    input.click();
    return true;
  }

  let lastTyped = null;
  document.addEventListener("focusin", (event) => { if (event.target.matches("[data-question] input[type=text]")) lastTyped = event.target; });

  function type(letter) {
    const input = lastTyped && lastTyped.isConnected ? lastTyped : document.querySelector("[data-question] input[type=text]");
    if (!input) return;
    input.setRangeText(letter, input.selectionStart, input.selectionEnd, "end");
    input.focus();
  }

  document.addEventListener("click", (event) => {
    const letter = event.target.closest("[data-letter]");
    if (letter) type(letter.dataset.letter);
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open).showModal();
    const readings = event.target.closest("[data-toggle-readings]");
    if (readings) {
      const hidden = document.documentElement.classList.toggle("hide-readings");
      readings.setAttribute("aria-pressed", String(hidden));
      readings.textContent = hidden ? "Show readings" : "Hide readings";
    }
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.dataset.confirm && !window.confirm(button.dataset.confirm)) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "Escape") all("details.menu[open]").forEach((menu) => { menu.open = false; });
    if (/^[1-9]$/.test(event.key) && choose(Number(event.key))) event.preventDefault();
    if (event.key.toLowerCase() === "z") {
      const undo = document.querySelector("[data-undo]");
      if (undo) { event.preventDefault(); undo.click(); }
    }
    if (event.key === "?") document.getElementById("keys").showModal();
    if (player.key(event.key.toLowerCase())) event.preventDefault();
    if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
      const form = event.target.closest("[data-question]");
      if (form) { event.preventDefault(); form.requestSubmit(); return; }
      const onward = document.querySelector("[data-enter]");
      if (onward) { event.preventDefault(); onward.click(); }
    }
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    player.stop();
    const state = event.target.closest("[data-question]")?.querySelector("[data-save-state]");
    if (state) state.textContent = "Saving…";
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.closest("[data-still]")) return; // a preview beside what is being typed
    document.body.classList.add("is-fresh");
    focusFresh(event.target);
  });
  // What is typed in a form of an author is lost with the page: say so, and ask before it goes.
  const guards = () => all("[data-guard]");
  const touched = new WeakSet();
  guards().forEach((form) => { if (form.hasAttribute("data-touched")) touched.add(form); });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-guard]");
    if (!form || touched.has(form)) return;
    touched.add(form);
    const state = form.querySelector("[data-guard-state]");
    if (state) state.textContent = "Not saved yet.";
  });
  let isSending = false;
  document.addEventListener("submit", (event) => { isSending = isSending || !event.defaultPrevented; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && guards().some((form) => touched.has(form))) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    if (document.querySelector(".problem, .feedback, .preview")) focusFresh(document);
  });
})();
