// Saying a phrase: record, hear oneself beside the model, send it to be heard, keep the recording only if asked to.
(() => {
  "use strict";
  const root = document.querySelector("[data-speaking]");
  if (!root) return;
  const { recorder, takes } = window.entente;
  const find = (selector) => root.querySelector(selector);
  const [button, status, level, own, result] = ["[data-record]", "[data-record-state]", "[data-level]", "[data-own]", "#take"].map(find);
  const MOST = Number(root.dataset.most);
  const EDGE = 0.03; // of the loudest: where speech begins
  const BETWEEN = 0.35; // seconds between the two voices
  let microphone = null;
  let recording = null;
  let take = null; // {id, wav} of what was recorded last on this page
  let sounding = null;
  let isLeft = false;

  const tell = (words) => { status.textContent = words; };

  function show(state) {
    root.classList.toggle("is-recording", state === "recording");
    button.querySelector("span").textContent = state === "recording" ? "Stop" : take ? "Record again" : "Record";
    button.setAttribute("aria-disabled", String(state === "busy"));
    level.hidden = state !== "recording";
    own.hidden = state === "recording" || !take;
  }

  async function record() {
    hush();
    window.entente.player.stop();
    show("busy");
    tell("Waiting for the microphone…");
    try {
      const opened = await recorder.open();
      if (isLeft) { opened.close(); return; }
      microphone = opened;
      recording = microphone.record({ most: MOST, hear: (loudness) => { level.value = Math.min(1, loudness * 6); } });
      show("recording");
      tell(`Speak now. Press Stop when you are done; it stops by itself after ${MOST} seconds.`);
      await finish(await recording.done);
    } catch (error) {
      letGo();
      show("idle");
      tell(recorder.explain(error));
    }
  }

  function letGo() {
    if (microphone) microphone.close();
    microphone = recording = null;
  }

  function finish(recorded) {
    letGo();
    if (isLeft) return null;
    const fault = takes.fault(recorded);
    take = fault ? null : { id: crypto.randomUUID(), wav: recorded.wav };
    show("idle");
    return fault ? tell(fault) : send();
  }

  async function send() {
    show("busy");
    tell("Sending…");
    try {
      takes.put(result, await takes.post(root.dataset.address, root, { take_id: take.id, file: takes.file(take.wav) }));
      offer();
      tell("");
    } catch (error) {
      tell(error.message);
      result.replaceChildren(...(error.isFinal ? [] : [resend()]));
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
      takes.put(result, await takes.post(form.action, root, { file: takes.file(take.wav) }));
      offer();
    } catch (error) {
      tell(error.message);
    }
  }

  /** Only the page that recorded a take can still send it to be kept. */
  function offer() {
    result.querySelectorAll("[data-keep]").forEach((form) => { form.hidden = !(take && form.dataset.keep === take.id); });
  }

  // Hearing: oneself, the model and oneself in turn, or both at once with their first sounds together.

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
    window.entente.player.stop();
    const context = new AudioContext();
    sounding = context;
    pressed.classList.add("is-playing");
    try {
      const files = await Promise.all([takes.model(root.dataset.model), take.wav.arrayBuffer()]);
      const [theirs, mine] = await Promise.all(files.map((each) => context.decodeAudioData(each)));
      if (sounding === context) await playAll(context, order(pressed.dataset.hear, theirs, mine));
    } catch (error) {
      tell(error.message);
    }
    if (sounding === context) hush();
  }

  /** Ends with the last of the sounds, or never, if it is hushed before. */
  function playAll(context, parts) {
    const ends = parts.map(([sound, time, start]) => {
      const source = new AudioBufferSourceNode(context, { buffer: sound });
      source.connect(context.destination);
      source.start(context.currentTime + time, start);
      return new Promise((resolve) => { source.onended = resolve; });
    });
    return Promise.all(ends);
  }

  root.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-hear]");
    if (pressed) hear(pressed);
    if (event.target.closest("[data-record]") && button.getAttribute("aria-disabled") !== "true") {
      if (recording) recording.stop();
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
    if (key === "m") { event.preventDefault(); button.click(); }
    const way = { o: "mine", b: "together", a: "alternately" }[key];
    const heard = way && !own.hidden && root.querySelector(`[data-hear=${way}]`);
    if (heard) { event.preventDefault(); heard.click(); }
  });
  // The model must not play into the open microphone, nor over what is being heard: this comes before the player.
  const PLAYS = ["p", "r", "s", "l"];
  function first(event) {
    const plays = event.type === "click" ? event.target.closest("[data-audio]") : PLAYS.includes(event.key.toLowerCase());
    if (!plays) return;
    hush();
    if (!recording) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    tell("Stop the recording first, or the microphone hears the model too.");
  }
  window.addEventListener("click", first, true);
  window.addEventListener("keydown", first, true);
  window.addEventListener("pagehide", () => { isLeft = true; hush(); letGo(); });
  window.addEventListener("pageshow", (event) => { isLeft = false; if (event.persisted) show("idle"); });

  const why = recorder.obstacle();
  if (why) { button.disabled = true; tell(why); } else show("idle");
})();
