// Sends takes to be heard, fetches model voices that may still be in the making, and says why it failed.
window.entente = window.entente || {};
window.entente.takes = (() => {
  "use strict";
  const SHORTEST = 0.3; // seconds
  const FAINTEST = 0.005; // of what a microphone can give: less is none at all
  const TRIES = 30; // seconds that a voice may take to be made
  const AWAY = "There is no connection. The recording is still here.";
  const SIGNED_OUT = "You are signed out. Sign in in another tab and send it again; the recording is still here.";

  /** Why a recording is not worth sending; empty if it is. */
  function fault({ seconds, peak }) {
    if (seconds < SHORTEST) return "That was too short. Say the whole phrase before you press Stop.";
    if (peak < FAINTEST) return "The microphone gave silence. It may be muted, or another one may be chosen on this device.";
    return "";
  }

  /** The page that answers. Throws an error whose message is for people. */
  async function post(address, token, fields) {
    const body = new FormData();
    Object.entries({ csrf_token: token, ...fields }).forEach(([name, value]) => body.append(name, value));
    const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => { throw new Error(AWAY); });
    if (answer.status === 401) throw new Error(SIGNED_OUT);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) {
      const told = [...page.querySelectorAll("[role=alert], h1 + p")].map((each) => each.textContent.trim());
      throw new Error(told.join(" ") || `It was not taken (${answer.status}).`);
    }
    return page;
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
