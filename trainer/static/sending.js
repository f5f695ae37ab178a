// Brings one kept answer to the application, with a ticket for whoever is signed in; one tab at a time.
window.entente = window.entente || {};
window.entente.sending = (() => {
  "use strict";
  const PATIENCE = 15000; // milliseconds for each request
  const LEASE = 60000; // milliseconds that a tab may send for, where the browser has no locks
  const LEASE_KEY = "entente-queue-lease";
  const LOST = [0, 408, 502, 503, 504]; // none of these comes from the application: it may not have got the answer
  const { ticket: ticketAddress } = document.body.dataset;

  /** Something else, or nothing, answers in place of the application. */
  class Away extends Error {}

  /** The person whose answers these are is not signed in; the message says who is: "nobody" or "other". */
  class SignedOut extends Error {}

  const isLost = (status) => LOST.includes(status);
  const read = (answer) => answer.json().catch(() => ({}));

  async function reach(address, options) {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
    const headers = { "HX-Request": "true", ...options.headers };
    const answer = await fetch(address, { cache: "no-store", signal, ...options, headers }).catch((error) => {
      throw new Away("no answer", { cause: error });
    });
    if (answer.status === 401) throw new SignedOut("nobody");
    if (isLost(answer.status) || answer.status === 429) throw new Away(`status ${answer.status}`);
    return answer;
  }

  async function askTicket(learner) {
    const ticket = await read(await reach(ticketAddress, {}));
    if (!ticket.token) throw new Away("somebody else answers");
    if (ticket.learner !== learner) throw new SignedOut("other");
    return ticket.token;
  }

  function post(record, token) {
    const body = new URLSearchParams([
      ...record.fields,
      ["csrf_token", token],
      ["answered_at", record.answeredAt],
      ["sent_at", new Date().toISOString()],
    ]);
    return reach(record.action, { method: "POST", body, headers: { "Entente-Queue": record.id } });
  }

  async function refusalOf(answer) {
    const text = await answer.text();
    if ((answer.headers.get("Content-Type") || "").includes("json")) return JSON.parse(text).refused;
    const page = new DOMParser().parseFromString(text, "text/html");
    const alerts = [...page.querySelectorAll("[role=alert]")];
    const told = alerts.length ? alerts : [...page.querySelectorAll("h1, h1 + p")];
    return told.map((each) => each.textContent.trim()).join(" ") || `It was refused (${answer.status}).`;
  }

  /** The address to go to when the record was taken, else the words of the refusal. Throws `Away` and `SignedOut`. */
  async function deliver(record) {
    let answer = await post(record, await askTicket(record.learner));
    if (answer.status === 400) answer = await post(record, await askTicket(record.learner));
    if (!answer.ok) return { refused: await refusalOf(answer), isBroken: answer.status >= 500 };
    const receipt = await read(answer);
    if (receipt.kept !== record.id) throw new Away("somebody else answers");
    return { goesTo: receipt.goes_to };
  }

  function lease(act, ...values) {
    try {
      return localStorage[act](LEASE_KEY, ...values);
    } catch {
      return null;
    }
  }

  async function leased(work) {
    if (Number(lease("getItem")) > Date.now()) return;
    lease("setItem", String(Date.now() + LEASE));
    await work().finally(() => lease("removeItem"));
  }

  /** Let one tab work at a time. Should two do so after all, the server keeps the first of what comes twice. */
  function alone(work) {
    if (!navigator.locks) return leased(work);
    return navigator.locks.request("entente-queue", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  }

  return { Away, SignedOut, isLost, askTicket, deliver, alone };
})();
