// Taking one side of a dialogue: the other side is heard, one's own lines are recorded and sent to be heard meanwhile.
(() => {
  "use strict";
  const root = document.querySelector("[data-roleplay]");
  if (!root) return;
  const { recorder, takes } = window.entente;
  const find = (selector) => root.querySelector(selector);
  const turns = [...root.querySelectorAll("[data-turn]")];
  const [start, stop, handsFree, status, level] = ["[data-start]", "[data-stop]", "[data-hands-free]", "[data-roleplay-state]", "[data-level]"].map(find);
  const MOST = Number(root.dataset.most);
  const BREATH = 400; // milliseconds between two turns
  const SETTLING = 150; // milliseconds until a microphone tells the loudness rightly
  const LOUDEST_ROOM = 0.05; // of what a microphone can give: louder is speech, or no room to speak in
  const ABOVE = 3; // times as loud as the room is speech
  const LEAST = 0.008; // of what a microphone can give: less is no speech in any room
  const PAUSE = 1300; // milliseconds of silence that end a turn
  const WAIT = 8000; // milliseconds to begin in
  const MOST_SILENT = 3; // turns without a word, after which nobody is there
  const INTERRUPTED = "The other side was interrupted. Press Start to begin again.";
  const BROKEN = "The other side cannot be played now. Try again.";
  let run = null; // what goes on: the microphone, what is recorded, whether it is over
  let audio = null;

  const tell = (words) => { status.textContent = words; };
  const rest = (time) => new Promise((resolve) => { setTimeout(resolve, time); });
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");

  class Over extends Error {}

  const check = (mine) => { if (run !== mine) throw new Over(); };

  async function begin() {
    const mine = { microphone: null, recording: null };
    end();
    run = mine;
    audio = audio || new Audio();
    show(true);
    tell("Waiting for the microphone…");
    try {
      const opened = await recorder.open();
      if (run !== mine) { opened.close(); return; }
      mine.microphone = opened;
      for (const turn of turns) await take(mine, turn);
      end();
      tell("That was the whole dialogue. What was heard stands under your lines.");
      start.focus();
    } catch (error) {
      if (run !== mine) return;
      end();
      tell(error instanceof DOMException ? recorder.explain(error) : error.message);
    }
  }

  async function take(mine, turn) {
    mark(turn);
    if (turn.hasAttribute("data-own")) await say(mine, turn);
    else await hear(mine, turn);
    check(mine);
    await rest(BREATH);
    check(mine);
  }

  async function hear(mine, turn) {
    if (!turn.dataset.sound) return;
    tell("Listen.");
    const file = await takes.model(turn.dataset.sound);
    check(mine);
    const sound = URL.createObjectURL(new Blob([file], { type: "audio/mpeg" }));
    try {
      await played(sound);
    } finally {
      URL.revokeObjectURL(sound);
    }
  }

  function played(sound) {
    audio.src = sound;
    return new Promise((resolve, reject) => {
      audio.onended = resolve;
      audio.onpause = () => { if (!audio.ended) reject(new Error(INTERRUPTED)); };
      audio.onerror = () => reject(new Error(BROKEN));
      audio.play().catch(() => reject(new Error(BROKEN)));
    });
  }

  /** One's own turn, again until something was said. */
  async function say(mine, turn) {
    for (let silent = 0; silent < MOST_SILENT; silent += 1) {
      const byItself = handsFree.checked;
      tell(byItself ? "Your turn: speak. It goes on when you pause." : "Your turn: speak, then press “I have said it”.");
      const ears = byItself ? listener(() => mine.recording.stop()) : () => {};
      find("[data-said-it]").hidden = byItself;
      mine.recording = mine.microphone.record({ most: MOST, hear: (loudness) => { level.value = Math.min(1, loudness * 6); ears(loudness); } });
      const recorded = await mine.recording.done;
      mine.recording = null;
      find("[data-said-it]").hidden = true;
      check(mine);
      const fault = takes.fault(recorded);
      if (!fault && !ears.heardNothing) { send(turn, recorded.wav); return; }
      tell(fault || "Nothing was heard. Once more.");
      await rest(2500);
      check(mine);
    }
    throw new Error("Nothing was said, so the microphone is off. Press Start to begin again.");
  }

  /** Calls `done` when speech was followed by a pause, or did not begin. */
  function listener(done) {
    const began = performance.now();
    let room = LOUDEST_ROOM;
    let spoke = 0;
    const ears = (loudness) => {
      const time = performance.now();
      room = Math.min(room, Math.max(loudness, LEAST / ABOVE)); // the quietest moment so far: between words, at the latest
      if (time - began > SETTLING && loudness > room * ABOVE) spoke = time;
      ears.heardNothing = !spoke;
      if (spoke ? time - spoke > PAUSE : time - began > WAIT) done();
    };
    ears.heardNothing = true;
    return ears;
  }

  /** Meanwhile the dialogue goes on. */
  async function send(turn, wav) {
    const place = turn.querySelector("[data-take]");
    try {
      const page = await takes.post(turn.dataset.address, root, { take_id: crypto.randomUUID(), file: takes.file(wav) });
      takes.put(place, page);
    } catch (error) {
      place.textContent = error.message;
    }
  }

  function mark(turn) {
    turns.forEach((each) => each.removeAttribute("aria-current"));
    if (!turn) return;
    turn.setAttribute("aria-current", "true");
    turn.scrollIntoView({ block: "center", behavior: isStill.matches ? "auto" : "smooth" });
  }

  function show(isRunning) {
    root.classList.toggle("is-running", isRunning);
    start.hidden = isRunning;
    stop.hidden = !isRunning;
    level.hidden = !isRunning;
  }

  function end() {
    const ended = run;
    run = null;
    if (audio) audio.pause();
    if (ended && ended.recording) ended.recording.stop();
    if (ended && ended.microphone) ended.microphone.close();
    find("[data-said-it]").hidden = true;
    mark(null);
    show(false);
  }

  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-start]")) begin();
    if (event.target.closest("[data-stop]")) { end(); tell("Stopped. Start again when you like."); }
    if (event.target.closest("[data-said-it]") && run && run.recording) run.recording.stop();
    const hide = event.target.closest("[data-hide-own]");
    if (hide) {
      const isHidden = root.classList.toggle("hides-own");
      hide.setAttribute("aria-pressed", String(isHidden));
    }
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping || event.key.toLowerCase() !== "m") return;
    event.preventDefault();
    const button = [find("[data-said-it]"), start, stop].find((each) => !each.hidden);
    if (button) button.click();
  });
  window.addEventListener("pagehide", end);

  const why = recorder.obstacle();
  if (why) { start.disabled = true; tell(why); }
})();
