// Plays what is to be heard: one sound at a time, again or in a loop, a dialogue from line to line. Nothing by itself.
window.entente = window.entente || {};
window.entente.player = (() => {
  "use strict";
  const PATIENCE = 30000; // milliseconds that the server may take to make a sound
  const BREATH = 450; // milliseconds between two lines, and before the same again
  const WAITED = "Being prepared…";
  const READY = "Ready: press play.";
  const LATE = "This takes longer than usual. Try again in a minute.";
  const MUTE = "This cannot be spoken.";
  const BROKEN = "This cannot be played now. Check your connection and try again.";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isShown = (element) => (element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0);
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");
  const fetched = new Set(); // addresses that are in the browser's cache, or on their way there

  let audio = null; // the only one of the page, made in a click: phones then let it play what comes later
  let sound = null; // what plays or is being prepared: button, status, its end, how often it is still to be heard
  let last = null; // the button that was played last
  let run = null; // the dialogue that plays: its box, the number of its line, whether it is paused
  let timer = 0;

  // One sound

  function play(wanted) {
    silence();
    sound = wanted;
    last = wanted.button;
    mark(true);
    tell("");
    audio = audio || made();
    load();
  }

  function made() {
    const element = new Audio();
    element.onended = () => sound && ended();
    element.onerror = () => sound && ask(sound);
    element.onplaying = () => sound && fetchAhead(following());
    element.onplay = element.onpause = () => {
      if (run && !element.ended) show(element.paused && !timer);
    };
    return element;
  }

  function load() {
    sound.until = sound.until || Date.now() + PATIENCE;
    audio.src = sound.button.dataset.audio;
    start();
    name();
  }

  /** A sound that cannot be loaded is told by an event of its own; one that gave way to another is no error. */
  function start() {
    const asked = sound;
    audio.play().catch((error) => { if (error.name === "NotAllowedError" && asked === sound) fail(READY); });
  }

  /** Why it does not play: it is still being made, nobody can say it, or there is no way to it. */
  async function ask(asked) {
    const answer = await fetch(asked.button.dataset.audio).catch(() => null);
    const words = answer && answer.status === 404 ? await reason(answer) : BROKEN;
    if (asked !== sound) return;
    if (answer && answer.status === 202) wait(asked, Number(answer.headers.get("Retry-After")) || 1);
    else if (answer && answer.ok && !asked.isThere) {
      asked.isThere = true;
      tell("");
      load();
    } else fail(words);
  }

  function wait(asked, seconds) {
    if (Date.now() + seconds * 1000 > asked.until) {
      fail(LATE);
      return;
    }
    tell(WAITED);
    timer = setTimeout(() => { timer = 0; if (asked === sound) ask(asked); }, seconds * 1000);
  }

  async function reason(answer) {
    const isWords = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    return isWords ? (await answer.text()).trim() : MUTE;
  }

  function ended() {
    if (sound.left > 1) {
      sound.left -= 1;
      timer = setTimeout(() => { timer = 0; load(); }, BREATH);
    } else if (sound.then) sound.then();
    else stop();
  }

  function fail(words) {
    const { status } = sound;
    stop();
    if (status) status.textContent = words;
  }

  /** Nothing is heard, and nothing comes after it. */
  function stop() {
    const stopped = run;
    run = null;
    silence();
    if (stopped) label(stopped.box, "Play all", false);
  }

  function silence() {
    clearTimeout(timer);
    timer = 0;
    if (audio) audio.pause();
    if (sound) mark(false);
    sound = null;
  }

  function mark(isOn) {
    const { button } = sound;
    button.classList.toggle("is-playing", isOn);
    const line = button.closest("[data-turn]");
    if (!line) return;
    if (isOn) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
    if (isOn && run) line.scrollIntoView({ block: "nearest", behavior: isStill.matches ? "auto" : "smooth" });
  }

  function tell(words) {
    if (sound.status && sound.status.textContent !== words) sound.status.textContent = words;
  }

  /** On a locked screen and on headphones: what is heard. */
  function name() {
    if (!("mediaSession" in navigator) || !("MediaMetadata" in window)) return;
    const words = sound.button.closest("[data-said]")?.querySelector("[lang]")?.textContent;
    navigator.mediaSession.metadata = new MediaMetadata({ title: words || document.title, artist: "Entente" });
  }

  // Phrases

  const isSlow = (button) => button.dataset.speed === "slow";
  const buttons = (slow = false) => all("[data-audio]").filter((button) => isSlow(button) === slow && isShown(button));
  const statusOf = (button) => button.parentElement.querySelector("[role=status]") || toolsOf(button)?.querySelector("[role=status]");
  const toolsOf = (button) => button.closest("[data-dialogue]");
  const times = () => ({ three: 3, always: Infinity })[document.querySelector("[data-repeat]")?.value] || 1;

  function press(button) {
    const isSame = sound && sound.button === button && !run;
    stop();
    if (!isSame) play({ button, status: statusOf(button), left: times() });
  }

  function next() {
    const shown = buttons();
    const at = shown.findIndex((button) => last && button.parentElement === last.parentElement);
    const button = shown[(at + 1) % shown.length];
    if (button) {
      button.focus();
      stop();
      press(button);
    }
  }

  function again(slow) {
    const shown = buttons(slow);
    const button = shown.find((each) => last && each.parentElement === last.parentElement) || shown[0];
    stop();
    if (button) press(button);
  }

  /** What will probably be heard next, at the speed of what plays. */
  function following() {
    if (run) return lineOf(run.box, run.number + 1)?.dataset.audio;
    const shown = buttons(isSlow(sound.button));
    return shown[shown.indexOf(sound.button) + 1]?.dataset.audio;
  }

  function fetchAhead(address) {
    if (!address || fetched.has(address) || navigator.connection?.saveData) return;
    fetched.add(address);
    fetch(address, { priority: "low" })
      .then((answer) => answer.blob().then(() => answer.status === 200 || fetched.delete(address)))
      .catch(() => fetched.delete(address));
  }

  // Dialogues

  const isPressed = (box, what) => box.querySelector(`[data-${what}]`).getAttribute("aria-pressed") === "true";

  /** The button of a line at the speed that is chosen. */
  function lineOf(box, number) {
    const lines = all("[data-turn]", box).flatMap((turn) => {
      const found = all("[data-audio]", turn).find((button) => isSlow(button) === isPressed(box, "slowly"));
      return found ? [found] : [];
    });
    return lines[number];
  }

  function playLine() {
    const { box } = run;
    const button = lineOf(box, run.number);
    const then = () => {
      run.number += 1;
      if (!lineOf(box, run.number)) {
        if (!isPressed(box, "loop")) {
          stop();
          return;
        }
        run.number = 0;
      }
      timer = setTimeout(() => { timer = 0; playLine(); }, BREATH);
    };
    play({ button, status: statusOf(button), left: 1, then });
  }

  function playAll(box) {
    if (!run || run.box !== box) {
      stop();
      run = { box, number: 0 };
      show(false);
      playLine();
    } else if (run.isPaused) resume();
    else pause();
  }

  function pause() {
    clearTimeout(timer);
    timer = 0;
    audio.pause();
    show(true);
  }

  function resume() {
    show(false);
    if (audio.ended || !audio.currentTime) playLine();
    else start();
  }

  function show(isPaused) {
    run.isPaused = isPaused;
    label(run.box, isPaused ? "Go on" : "Pause", !isPaused);
  }

  function label(box, words, isOn) {
    const button = box.querySelector("[data-play-all]");
    button.querySelector("[data-words]").textContent = words;
    button.classList.toggle("is-playing", isOn);
  }

  function toggle(button) {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  }

  function loop() {
    const repeat = document.querySelector("[data-repeat]");
    const box = run ? run.box : document.querySelector("[data-dialogue]");
    if (repeat && !run) {
      repeat.value = repeat.value === "always" ? "once" : "always";
      if (sound) sound.left = times();
    } else if (box) toggle(box.querySelector("[data-loop]"));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-audio], [data-play-all], [data-loop], [data-slowly]");
    if (!button) return;
    if (button.matches("[data-audio]")) press(button);
    else if (button.matches("[data-play-all]")) playAll(toolsOf(button));
    else toggle(button);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-repeat]") && sound && !run) sound.left = times();
  });

  /** Do what a key stands for; false if it stands for nothing here. */
  function key(letter) {
    const work = { p: next, r: () => again(false), s: () => again(true), l: loop }[letter];
    if (!work || !document.querySelector("[data-audio]")) return false;
    work();
    return true;
  }

  return { key, press, stop };
})();
