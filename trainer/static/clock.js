// The clock of an assessment: the local time of its end, what is left, a word at five minutes and at one.
(() => {
  "use strict";
  const WORDS = [[1, "One minute left."], [5, "Five minutes left."]];
  let timer = null;

  function leftWords(seconds) {
    if (seconds <= 0) return ": the time is up. What you have saved is handed in.";
    if (seconds < 300) return `: ${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")} left`;
    const minutes = Math.floor(seconds / 60);
    return `: ${minutes} minutes left`;
  }

  function told(key) {
    try {
      if (sessionStorage.getItem(key)) return true;
      sessionStorage.setItem(key, "1");
    } catch { /* without a storage it is told again on the next page */ }
    return false;
  }

  function run() {
    clearInterval(timer);
    const clock = document.querySelector("[data-clock]");
    if (!clock) return;
    const due = Date.parse(clock.dataset.due);
    const ahead = Date.parse(clock.dataset.now) - Date.now();
    const left = clock.querySelector("[data-clock-left]");
    const status = clock.querySelector("[data-clock-status]");
    const form = document.querySelector("[data-sitting]");
    let isChanged = false;
    if (form) form.addEventListener("input", () => { isChanged = true; });
    for (const time of clock.querySelectorAll("[data-local-time]")) {
      time.textContent = new Date(time.dateTime).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    }
    function tick() {
      const seconds = (due - Date.now() - ahead) / 1000;
      left.textContent = leftWords(seconds);
      const word = WORDS.find(([minutes]) => seconds > 0 && seconds <= minutes * 60);
      if (word && !told(`clock ${clock.dataset.due} ${word[0]}`)) status.textContent = word[1];
      if (seconds > 0) return;
      clearInterval(timer);
      status.textContent = "The time is up.";
      if (isChanged) form.requestSubmit();
    }
    tick();
    if ((due - Date.now() - ahead) > 0) timer = setInterval(tick, 1000);
  }

  run();
  document.addEventListener("htmx:afterSwap", run);
})();
