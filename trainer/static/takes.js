// Sends takes to be heard, fetches model voices that may still be in the making, and says why it failed.
window.entente = window.entente || {};
window.entente.takes = (() => {
  "use strict";
  const SHORTEST = 0.3; // seconds
  const FAINTEST = 0.005; // of what a microphone can give: less is none at all
  const TRIES = 30; // seconds that a voice may take to be made
  const AWAY = "There is no connection. The recording is still here.";
  const ANOTHER = "Somebody else is signed in on this device now. Sign in as yourself in another tab to send it.";
  const FINAL = [403, 404, 409, 413, 422];
  const SIGNED_OUT = "You are signed out. Sign in in another tab and send it again; the recording is still here.";

  /** Why a recording is not worth sending; empty if it is. */
  function fault({ seconds, peak }) {
    if (seconds < SHORTEST) return "That was too short. Say the whole phrase before you press Stop.";
    if (peak < FAINTEST) return "The microphone gave silence. It may be muted, or another one may be chosen on this device.";
    return "";
  }

  /** What is told to people; `isFinal` when sending the same again can not help. */
  class Refused extends Error {
    constructor(words, isFinal = false) {
      super(words);
      this.isFinal = isFinal;
    }
  }

  async function answerTo(address, token, fields) {
    const body = new FormData();
    Object.entries({ csrf_token: token, ...fields }).forEach(([name, value]) => body.append(name, value));
    return fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => { throw new Refused(AWAY); });
  }

  /** The token of whoever is signed in now, if that is still the person whose page this is. */
  async function freshToken() {
    const { askTicket, SignedOut } = window.entente.sending;
    return askTicket(document.body.dataset.learner).catch((error) => {
      if (!(error instanceof SignedOut)) throw new Refused(AWAY);
      throw new Refused(error.message === "other" ? ANOTHER : SIGNED_OUT);
    });
  }

  /** The page that answers; asks for a new token where the sign-in of this page is over. Throws `Refused`. */
  async function post(address, root, fields) {
    let answer = await answerTo(address, root.querySelector("input[name=csrf_token]").value, fields);
    if (answer.status === 400 || answer.status === 401) answer = await answerTo(address, await freshToken(), fields);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) return page;
    const told = [...page.querySelectorAll("[role=alert], h1 + p")].map((each) => each.textContent.trim());
    throw new Refused(told.join(" ") || `It was not taken (${answer.status}).`, FINAL.includes(answer.status));
  }

  const file = (wav) => new File([wav], "take.wav");

  /** Puts a panel that may go on filling in into its place. */
  function put(place, page) {
    place.replaceChildren(...page.body.childNodes);
    window.htmx.process(place);
  }

  /** A model voice; while it is being prepared the application answers 202. */
  async function model(address, tries = TRIES) {
    const answer = await fetch(address).catch(() => null);
    if (answer && answer.status === 202 && tries) {
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
      return model(address, tries - 1);
    }
    if (!answer || answer.status !== 200) throw new Error("The model voice cannot be played now.");
    return answer.arrayBuffer();
  }

  return { fault, post, file, put, model };
})();
