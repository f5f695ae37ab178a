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
  const SETTLING = 300; // milliseconds in which a room shows how loud it is
  const ABOVE = 3; // times as loud as the room is speech
  const LEAST = 0.008; // of what a microphone can give: less is no speech in any room
  const PAUSE = 1300; // milliseconds of silence that end a turn
  const WAIT = 8000; // milliseconds to begin in
  let run = null; // what goes on: the microphone, what is recorded, whether it is over
  let audio = null;

  const tell = (words) => { status.textContent = words; };
  const rest = (time) => new Promise((resolve) => { setTimeout(resolve, time); });
  const token = () => root.querySelector("input[name=csrf_token]").value;
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
      mine.microphone = await recorder.open();
      check(mine);
    } catch (error) {
      if (!(error instanceof Over)) { end(); tell(recorder.explain(error)); }
      return;
    }
    try {
      for (const turn of turns) await take(mine, turn);
      end();
      tell("That was the whole dialogue. What was heard stands under your lines.");
      find("[data-start]").focus();
    } catch (error) {
      if (error instanceof Over) return;
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
    tell("Listen.");
    const sound = URL.createObjectURL(new Blob([await takes.model(turn.dataset.sound)], { type: "audio/mpeg" }));
    check(mine);
    try {
      audio.src = sound;
      await new Promise((resolve, reject) => {
        audio.onended = resolve;
        audio.onpause = () => { if (run !== mine) reject(new Over()); };
        audio.onerror = () => reject(new Error("The other side cannot be played now. Try again."));
        audio.play().catch(reject);
      });
    } finally {
      URL.revokeObjectURL(sound);
    }
  }

  /** One's own turn, again until something was said. */
  async function say(mine, turn) {
    for (;;) {
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
  }

  /** Calls `done` when speech was followed by a pause, or did not begin. */
  function listener(done) {
    const began = performance.now();
    let room = LEAST / ABOVE;
    let spoke = 0;
    const ears = (loudness) => {
      const time = performance.now();
      const isSettling = time - began < SETTLING;
      if (isSettling) room = Math.max(room, Math.min(loudness, 0.05));
      else if (loudness > Math.max(LEAST, room * ABOVE)) spoke = time;
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
      const page = await takes.post(turn.dataset.address, token(), { take_id: crypto.randomUUID(), file: takes.file(wav) });
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
