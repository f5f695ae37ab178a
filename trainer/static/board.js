// The line in the frame that says how kept answers stand, and what can be done about them.
window.entente = window.entente || {};
window.entente.board = (() => {
  "use strict";
  const board = document.querySelector("[data-queue-state]");
  const line = board.querySelector(".queue-words");
  const more = board.querySelector(".queue-more");
  let shown = "";

  const answers = (number) => (number === 1 ? "1 answer" : `${number} answers`);
  const isQuiz = () => document.body.classList.contains("is-quiz");

  function make(tag, words, attributes = {}) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.textContent = words;
    return element;
  }

  /** A mark and words; none where there is nothing to say. */
  function standing({ waiting, refused, sent, isAway, isSending, stranger, keepsNothing }) {
    const number = waiting.length;
    const state = `${answers(number)} ${number === 1 ? "waits" : "wait"} to be sent.`;
    if (number && stranger === "nobody") return ["◇", `Sign in again to send ${answers(number)}.`];
    if (number && stranger) return ["◇", `Someone else is signed in now. Sign in as yourself to send ${answers(number)}.`];
    if (number && isSending) return ["↻", `Sending ${answers(number)}…`];
    if (number) return ["◇", isAway ? `No connection. ${state}` : state];
    if (isAway && isQuiz() && keepsNothing) return ["▽", "No connection, and this browser keeps nothing. Stay on this page until it is back."];
    if (isAway && isQuiz()) return ["◇", "No connection. You can go on: answers are kept on this device."];
    if (refused.length) return ["▽", `${answers(refused.length)} ${refused.length === 1 ? "was" : "were"} not taken.`];
    if (sent.length) return ["✓", "All answers are sent."];
    return isQuiz() ? ["✓", "Connected"] : ["", ""];
  }

  function button(words, work) {
    const made = make("button", words, { type: "button", class: "btn btn-quiet" });
    made.addEventListener("click", work);
    return made;
  }

  function signInLink() {
    const back = encodeURIComponent(location.pathname + location.search);
    return make("a", "Sign in", { class: "btn btn-quiet", href: `${document.body.dataset.signIn}?next=${back}` });
  }

  function sentList(sent) {
    const list = make("ul", "", { class: "queue-sent", "aria-label": "What was sent" });
    sent.forEach(({ label, leads, goesTo }) => {
      const item = make("li", "");
      item.append(make("a", `${leads}: ${label}`, { href: goesTo }));
      list.append(item);
    });
    return list;
  }

  function refusal(record, acts) {
    const section = make("section", "", { class: "queue-refused", "aria-label": "An answer that was not taken" });
    const given = make("p", record.given, { class: "queue-given" });
    const row = make("div", "", { class: "queue-acts" });
    row.append(
      button("Copy", () => copy(given)),
      button("Try again", () => acts.retry(record)),
      button("Discard", () => { if (window.confirm("Discard this answer? It cannot be brought back.")) acts.discard(record); }),
    );
    section.append(make("h2", `▽ Not taken: ${record.label}`), make("p", record.refused), given, row);
    return section;
  }

  function copy(element) {
    window.getSelection().selectAllChildren(element);
    if (navigator.clipboard) navigator.clipboard.writeText(element.textContent).catch(() => {});
  }

  function showMore({ waiting, refused, sent, stranger }, acts) {
    const isSigningIn = location.pathname === document.body.dataset.signIn;
    const offers = {
      canSend: waiting.length > 0 && !stranger && navigator.onLine,
      canSignIn: waiting.length > 0 && stranger === "nobody" && !isSigningIn,
    };
    const key = JSON.stringify([offers, sent, refused]);
    if (key === shown) return;
    shown = key;
    const focused = more.contains(document.activeElement) ? document.activeElement.textContent : null;
    more.replaceChildren(
      ...(offers.canSignIn ? [signInLink()] : []),
      ...(offers.canSend ? [button("Send now", acts.send)] : []),
      ...(sent.length ? [sentList(sent)] : []),
      ...refused.map((record) => refusal(record, acts)),
    );
    if (focused !== null) ([...more.querySelectorAll("button, a")].find((each) => each.textContent === focused) || line).focus();
  }

  /** Show how things stand. `acts` are `send`, and `retry` and `discard` for a record that was refused. */
  function show(state, acts) {
    const [mark, words] = standing(state);
    board.hidden = !words;
    board.classList.toggle("is-waiting", mark === "◇");
    board.classList.toggle("is-trouble", mark === "▽");
    if (line.dataset.words !== words) {
      line.dataset.words = words;
      line.replaceChildren(make("span", mark, { "aria-hidden": "true" }), ` ${words}`);
    }
    showMore(state, acts);
  }

  return { show, answers };
})();
