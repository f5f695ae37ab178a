// Saying a phrase: record, hear oneself beside the model, send it to be heard, keep the recording only if asked to.
(() => {
  "use strict";
  const root = document.querySelector("[data-speaking]");
  if (!root) return;
  const { recorder } = window.entente;
  const find = (selector) => root.querySelector(selector);
  const [button, status, level, own, result] = ["[data-record]", "[data-record-state]", "[data-level]", "[data-own]", "#take"].map(find);
  const MOST = Number(root.dataset.most);
  const SHORTEST = 0.3; // seconds
  const FAINTEST = 0.005; // of what a microphone can give: less is none at all
  const EDGE = 0.03; // of the loudest: where speech begins
  const BETWEEN = 0.35; // seconds between the two voices
  let session = null;
  let take = null; // {id, wav} of what was recorded last on this page
  let sounding = null;

  const tell = (words) => { status.textContent = words; };
  const token = () => root.querySelector("input[name=csrf_token]").value;
  const isRecording = () => root.classList.contains("is-recording");

  function show(state) {
    root.classList.toggle("is-recording", state === "recording");
    button.querySelector("span").textContent = state === "recording" ? "Stop" : take ? "Record again" : "Record";
    button.setAttribute("aria-pressed", String(state === "recording"));
    button.disabled = state === "busy";
    level.hidden = state !== "recording";
    own.hidden = state === "recording" || !take;
  }

  async function record() {
    hush();
    show("busy");
    tell("Waiting for the microphone…");
    try {
      session = await recorder.start({ most: MOST, hear: (loudness) => { level.value = Math.min(1, loudness * 6); } });
    } catch (error) {
      show("idle");
      tell(recorder.explain(error));
      return;
    }
    show("recording");
    tell(`Speak now. Press Stop when you are done; it stops by itself after ${MOST} seconds.`);
    session.done.then(finish).catch((error) => { show("idle"); tell(recorder.explain(error)); });
  }

  function finish({ wav, seconds, peak }) {
    session = null;
    take = null;
    show("idle");
    if (seconds < SHORTEST) return tell("That was too short. Press Record, say the whole phrase, then press Stop.");
    if (peak < FAINTEST) return tell("The microphone gave silence. It may be muted, or another one may be chosen on this device.");
    take = { id: crypto.randomUUID(), wav };
    show("idle");
    return send();
  }

  async function post(address, fields) {
    const body = new FormData();
    Object.entries({ csrf_token: token(), ...fields }).forEach(([name, value]) => body.append(name, value));
    const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.status === 401) throw new Error("You are signed out. Sign in in another tab and send it again; the recording is still here.");
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!answer.ok) {
      const told = [...page.querySelectorAll("[role=alert], h1, h1 + p")].map((each) => each.textContent.trim());
      throw new Error(told.join(" ") || `It was not taken (${answer.status}).`);
    }
    return page;
  }

  function put(page) {
    result.replaceChildren(...page.body.childNodes);
    window.htmx.process(result);
    offer();
  }

  async function send() {
    show("busy");
    tell("Sending…");
    try {
      put(await post(root.dataset.address, { take_id: take.id, file: new File([take.wav], "take.wav") }));
      tell("");
    } catch (error) {
      const again = error instanceof TypeError ? "It could not be sent: there is no connection. The recording is still here." : error.message;
      tell(again);
      result.replaceChildren(resend());
    }
    show("idle");
  }

  function resend() {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn btn-quiet";
    again.textContent = "Send it again";
    again.addEventListener("click", send);
    return again;
  }

  async function keep(form) {
    try {
      put(await post(form.action, { file: new File([take.wav], "take.wav") }));
    } catch (error) {
      tell(error instanceof TypeError ? "It could not be kept: there is no connection. Try again." : error.message);
    }
  }

  /** Only the page that recorded a take can still send it to be kept. */
  function offer() {
    result.querySelectorAll("[data-keep]").forEach((form) => { form.hidden = !(take && form.dataset.keep === take.id); });
  }

  // Hearing: the model, oneself, one after the other, or both at once with their first sounds together.

  function hush() {
    if (sounding) sounding.close();
    sounding = null;
    root.querySelectorAll("[data-hear]").forEach((each) => each.classList.remove("is-playing"));
  }

  function onset(sound) {
    const samples = sound.getChannelData(0);
    const edge = EDGE * samples.reduce((peak, each) => Math.max(peak, Math.abs(each)), 0);
    return Math.max(0, samples.findIndex((each) => Math.abs(each) > edge)) / sound.sampleRate;
  }

  /** The model voice; while it is being prepared the application answers 202. */
  async function model(tries = 30) {
    const answer = await fetch(root.dataset.model);
    if (answer.status === 202 && tries) {
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
      return model(tries - 1);
    }
    if (answer.status !== 200) throw new Error("The model voice cannot be played now.");
    return answer.arrayBuffer();
  }

  /** When each sound begins, in seconds, and from which second of it on. */
  function order(way, theirs, mine) {
    const [from, since] = [onset(theirs), onset(mine)];
    if (way === "mine") return [[mine, 0, since]];
    if (way === "together") return [[theirs, 0, from], [mine, 0, since]];
    const parts = [];
    let time = 0;
    for (const [sound, start] of [[theirs, from], [mine, since], [theirs, from], [mine, since]]) {
      parts.push([sound, time, start]);
      time += sound.duration - start + BETWEEN;
    }
    return parts;
  }

  async function hear(pressed) {
    const isSame = pressed.classList.contains("is-playing");
    hush();
    if (isSame || !take) return;
    const context = new AudioContext();
    sounding = context;
    pressed.classList.add("is-playing");
    try {
      const files = await Promise.all([model(), take.wav.arrayBuffer()]);
      const [theirs, mine] = await Promise.all(files.map((each) => context.decodeAudioData(each)));
      if (sounding !== context) return;
      let last = null;
      let end = -1;
      for (const [sound, time, start] of order(pressed.dataset.hear, theirs, mine)) {
        const source = new AudioBufferSourceNode(context, { buffer: sound });
        source.connect(context.destination);
        source.start(context.currentTime + time, start);
        if (time + sound.duration - start > end) [last, end] = [source, time + sound.duration - start];
      }
      last.onended = () => { if (sounding === context) hush(); };
    } catch (error) {
      hush();
      tell(error.message);
    }
  }

  root.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-hear]");
    if (pressed) hear(pressed);
    if (event.target.closest("[data-record]")) {
      if (isRecording()) session.stop();
      else record();
    }
  });
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-keep]")) return;
    event.preventDefault();
    keep(event.target);
  });
  document.addEventListener("htmx:afterSwap", offer);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, dialog");
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    const key = event.key.toLowerCase();
    if (key === "r" && !button.disabled) { event.preventDefault(); button.click(); }
    const way = { o: "mine", b: "together", a: "alternately" }[key];
    const heard = way && !own.hidden && root.querySelector(`[data-hear=${way}]`);
    if (heard) { event.preventDefault(); heard.click(); }
  });
  window.addEventListener("pagehide", () => { if (session) session.cancel(); });

  const why = recorder.obstacle();
  if (why) { button.disabled = true; tell(why); } else show("idle");
})();
