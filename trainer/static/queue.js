// Forms that do not lose what they give: kept first, sent in order, and told about, with and without a connection.
(() => {
  "use strict";
  const { kept, ahead, given, sending, board } = window.entente;
  const PATIENCE = 8000; // milliseconds that a form waits before the queue takes over
  const FIRST_PAUSE = 2000;
  const LONGEST_PAUSE = 60000;
  const HOLD = PATIENCE + FIRST_PAUSE; // no other page sends what a form is sending
  const MOST_FAILURES = 3;
  const KEPT = "Kept on this device. It is sent as soon as the connection is back.";
  const NOT_KEPT = "Not saved: there is no connection, and this browser keeps nothing (a private window, or its storage is full). Your answer is still here. Stay on this page, and when the connection is back press again:";
  const NOT_SAVED = "Not saved. Your answer is still here: check your connection, then press again:";
  const LAST_LEARNER = "entente-learner";
  const TAB = "entente-tab";

  const { learner } = document.body.dataset;
  const tab = remembered(TAB) || remembered(TAB, Math.random().toString(36).slice(2));
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("entente-kept") : null;
  const flights = new WeakMap(); // request to its form, the record that is on its way, and the promise that it is kept
  const delivered = new Set(); // names, in case they cannot be removed
  const sent = []; // receipts of this page
  let records = [];
  let isAway = !navigator.onLine;
  let isBusy = false;
  let isSending = false;
  let stranger = learner ? "" : "nobody"; // who is signed in now in place of the learner: "nobody" or "other"
  let keepsNothing = false;
  let pauses = 0;
  let timer = 0;

  const isHeld = ({ heldUntil }) => heldUntil > Date.now() && heldUntil <= Date.now() + HOLD; // a clock may be turned back
  const waiting = () => records.filter((record) => !record.refused && !isHeld(record));
  const nameOf = ({ id, answeredAt }) => id + answeredAt;
  const buttonOf = (form) => form.querySelector("button:not([type=button])");
  const queuedForm = (element) => (element && element.matches("form[data-queue]") ? element : null);

  function render() {
    const refused = learner ? records.filter((record) => record.refused) : [];
    const acts = {
      send,
      retry: (record) => change(record, { refused: "", failures: 0 }).then(send),
      discard: (record) => drop(record),
    };
    board.show({ waiting: waiting(), refused, sent, isAway, isSending, stranger, keepsNothing }, acts);
  }

  function say(form, words, isLost) {
    const state = form.querySelector("[data-save-state]");
    if (!state) return;
    state.textContent = words;
    state.classList.toggle("is-lost", isLost);
  }

  // What is kept

  /** What this tab remembers beyond the page; nothing where the browser refuses. `null` forgets. */
  function remembered(name, value) {
    try {
      if (value === null) sessionStorage.removeItem(name);
      else if (value) sessionStorage.setItem(name, value);
      return sessionStorage.getItem(name);
    } catch {
      return null;
    }
  }

  async function refresh() {
    const whose = learner || remembered(LAST_LEARNER); // on the page to sign in, nobody else is told what waits
    records = whose ? (await kept.all(whose)).filter((record) => !delivered.has(nameOf(record))) : [];
    render();
  }

  async function tellAll(receipt = null) {
    if (tabs) tabs.postMessage(receipt);
    await refresh();
  }

  async function keep(record) {
    keepsNothing = await kept.put(record).then(() => false, () => true);
    await tellAll();
    return !keepsNothing;
  }

  function change(record, changes) {
    return keep(Object.assign(record, changes));
  }

  async function drop(record, receipt) {
    delivered.add(nameOf(record));
    await kept.remove(record);
    await tellAll(receipt);
  }

  // Sending

  /** Lead to the feedback at once where its question is still on the page, else offer it. */
  function note(receipt) {
    ahead.forget(receipt.page);
    const form = document.querySelector("form[data-queue]:not([data-queue-open])");
    if (form && given.actionOf(form) === receipt.action) {
      const address = new URL(receipt.goesTo, location.href).pathname;
      window.htmx.ajax("GET", address, { target: "#main", swap: "innerHTML show:window:top", push: address });
    } else {
      sent.push(receipt);
    }
  }

  async function settleOutcome(record, { goesTo, refused, isBroken }) {
    if (goesTo) {
      const { action, page, label, leads } = record;
      const receipt = { action, page, label, leads, goesTo };
      note(receipt);
      await drop(record, receipt);
      return;
    }
    const failures = record.failures + 1;
    const isOver = !isBroken || failures === MOST_FAILURES;
    if (!(await change(record, { failures, refused: isOver ? refused : "" })) || !isOver) throw new sending.Away(refused);
  }

  async function sendAll() {
    for (await refresh(); waiting().length; await refresh()) {
      isSending = true;
      render();
      const [record] = waiting();
      const outcome = await sending.deliver(record);
      isAway = false;
      stranger = "";
      pauses = 0;
      await settleOutcome(record, outcome);
    }
  }

  async function send() {
    if (!learner || isBusy) return;
    isBusy = true;
    try {
      await sending.alone(sendAll);
    } catch (error) {
      if (error instanceof sending.Away) isAway = true;
      else if (error instanceof sending.SignedOut) stranger = error.message;
      else throw error;
    } finally {
      isBusy = isSending = false;
      render();
      pause();
    }
  }

  /** Try again later: ever more slowly, or when what a form is sending may be taken over. */
  function pause() {
    clearTimeout(timer);
    if (waiting().length && !stranger) {
      timer = setTimeout(send, Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** pauses) * (1 + Math.random() / 4));
      pauses += 1;
    } else if (records.some(isHeld)) {
      timer = setTimeout(send, Math.max(...records.map((record) => record.heldUntil)) - Date.now() + 1);
    }
  }

  // Forms

  function showKept(form) {
    say(form, "queueGoesOn" in form.dataset ? `${KEPT} The conversation goes on then.` : KEPT, false);
    if ("queueOpen" in form.dataset || form.classList.contains("is-kept")) return;
    form.classList.add("is-kept");
    form.querySelectorAll("fieldset").forEach((each) => { each.disabled = true; });
    buttonOf(form).hidden = true;
    const next = ahead.next([form.dataset.queuePage, ...records.map((record) => record.page)]);
    if (next) offerNext(buttonOf(form), next);
    else if ("queueAhead" in form.dataset) sayLast(form.querySelector("[data-save-state]"));
  }

  function offerNext(check, address) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-primary", textContent: "Next question" });
    button.dataset.enter = "";
    button.addEventListener("click", () => ahead.show(address));
    check.before(button);
    button.focus();
  }

  function sayLast(state) {
    state.append(" No further question is loaded here.");
    state.tabIndex = -1;
    state.focus();
  }

  /** A question that was answered here and waits to be sent is shown so after the page was loaded again. */
  function recognise() {
    const form = document.querySelector("form[data-queue]:not(.is-kept):not([data-queue-open])");
    const record = form && learner && waiting().find((each) => each.action === given.actionOf(form));
    if (!record) return;
    form.elements[form.dataset.queue].value = record.id;
    given.fill(form, record);
    showKept(form);
  }

  function look() {
    ahead.load();
    recognise();
  }

  async function queueUp({ form, record, put }) {
    record.heldUntil = 0;
    const isKept = (await put) && (await keep(record));
    form.classList.toggle("is-unkept", !isKept);
    if (isKept) showKept(form);
    else say(form, `${NOT_KEPT} ${buttonOf(form).textContent}.`, true);
    await send();
  }

  async function land({ form, record, put }, status) {
    if (sending.isLost(status) || [400, 429].includes(status)) {
      await queueUp({ form, record, put });
      return;
    }
    const isKept = await put;
    if (status === 401) {
      if (isKept) await change(record, { heldUntil: 0 });
      return;
    }
    form.classList.remove("is-unkept");
    await drop(record);
    if (status < 400) ahead.forget(record.page);
    else if (![409, 422].includes(status)) say(form, `${NOT_SAVED} ${buttonOf(form).textContent}.`, true);
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = queuedForm(event.detail.elt);
    if (!form || !learner) return;
    if (form.classList.contains("is-kept")) {
      event.preventDefault();
      send();
      return;
    }
    const isBehind = (isAway || waiting().length > 0) && !keepsNothing;
    const record = given.recordOf(form, event.detail.requestConfig.formData);
    if (!isBehind) Object.assign(record, { heldUntil: Date.now() + HOLD, tab });
    const flight = { form, record, put: keep(record) };
    if (isBehind) {
      event.preventDefault();
      queueUp(flight);
    } else {
      event.detail.xhr.timeout = PATIENCE;
      flights.set(event.detail.xhr, flight);
    }
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, requestConfig } = event.detail;
    isAway = sending.isLost(xhr.status);
    render();
    const flight = flights.get(xhr);
    flights.delete(xhr);
    if (flight) land(flight, xhr.status);
    else if (isAway && requestConfig.verb === "get") ahead.show(requestConfig.path);
    else if (!isAway && waiting().length) send();
  });

  document.addEventListener("htmx:afterSwap", look);

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.closest("[data-leaving]")) return;
    const number = waiting().length;
    const words = `Not sent yet: ${board.answers(number)}. What is kept stays on this device, and is sent when you sign in here again. Sign out all the same?`;
    if (number && !window.confirm(words)) event.preventDefault();
    else remembered(LAST_LEARNER, null);
  });

  window.addEventListener("beforeunload", (event) => { if (document.querySelector(".is-unkept")) event.preventDefault(); });
  window.addEventListener("offline", () => { isAway = true; render(); });
  window.addEventListener("online", () => {
    isAway = false;
    pauses = 0;
    render();
    look();
    send();
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) send(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting().length) send(); });
  if (tabs) {
    tabs.onmessage = async ({ data: receipt }) => {
      if (receipt) note(receipt);
      await refresh();
    };
  }

  async function begin() {
    if (learner) remembered(LAST_LEARNER, learner);
    await refresh();
    const left = records.filter((record) => isHeld(record) && record.tab === tab); // by the page before this one
    for (const record of left) await change(record, { heldUntil: 0 });
    look();
    await send();
  }

  begin();
})();
