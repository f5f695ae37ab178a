// The questions that come, fetched while there is a connection, so that a quiz goes on without one.
window.entente = window.entente || {};
window.entente.ahead = (() => {
  "use strict";
  const pages = new Map(); // address to the part of the page that htmx would get, in order
  const sounds = new Map(); // address of a phrase to its sound in memory
  let source = "";

  const whenIdle = window.requestIdleCallback || ((work) => setTimeout(work, 200));

  async function fetchSound(address) {
    if (sounds.has(address) || (navigator.connection && navigator.connection.saveData)) return;
    const answer = await fetch(address, { priority: "low" });
    if (answer.status === 200) sounds.set(address, URL.createObjectURL(await answer.blob()));
  }

  async function fetchAll(address) {
    const answer = await fetch(address, { priority: "low", headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    for (const page of await answer.json()) {
      pages.set(page.address, page.html);
      const parsed = new DOMParser().parseFromString(page.html, "text/html");
      for (const button of parsed.querySelectorAll("[data-audio]")) await fetchSound(button.dataset.audio);
    }
  }

  /** Fetch what comes after the question on the page, once for each attempt. */
  function load() {
    const form = document.querySelector("form[data-queue-ahead]");
    if (!form || form.dataset.queueAhead === source || !navigator.onLine) return;
    source = form.dataset.queueAhead;
    pages.clear();
    whenIdle(() => fetchAll(source).catch(() => { source = ""; }));
  }

  function speakFromMemory(root) {
    for (const button of root.querySelectorAll("[data-audio]")) {
      button.dataset.audio = sounds.get(button.dataset.audio) || button.dataset.audio;
    }
  }

  /** The address of the first question that was fetched and is not among those left out; undefined if there is none. */
  function next(leftOut) {
    return [...pages.keys()].find((address) => !leftOut.includes(address));
  }

  /** Show a question that was fetched; false if it was not. */
  function show(address) {
    if (!pages.has(address)) return false;
    const main = document.getElementById("main");
    history.pushState({ htmx: true }, "", address);
    window.htmx.swap(main, pages.get(address), { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
    speakFromMemory(main);
    window.scrollTo(0, 0);
    return true;
  }

  return { load, next, show, forget: (address) => pages.delete(address) };
})();
