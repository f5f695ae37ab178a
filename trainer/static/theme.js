// Runs before the first paint: marks that scripts work, and follows the device where no colours were chosen.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const device = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => { root.dataset.bsTheme = device.matches ? "dark" : "light"; };
  if (!root.dataset.bsTheme) {
    follow();
    device.addEventListener("change", follow);
  }
})();
