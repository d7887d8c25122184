// Reads the page aloud with the browser's own voice. Nothing leaves the machine. Without support nothing shows.
(function () {
  "use strict";
  const box = document.querySelector("[data-read-aloud]");
  if (!box || !("speechSynthesis" in window)) return;
  const button = box.querySelector("[data-read-aloud-button]");
  const start = button.textContent;
  const skip = "form, nav, summary, button, script, noscript, [data-read-aloud], [aria-hidden=true], .w-side";

  function words() {
    const parts = [];
    const main = document.getElementById("inhoud").cloneNode(true);
    main.querySelectorAll(skip).forEach((element) => element.remove());
    main.querySelectorAll("h1, h2, h3, p, li, dt, dd, caption, th, td").forEach((element) => {
      if (!element.querySelector("p, li, dd, h2, h3")) parts.push(spoken(element.textContent));
    });
    return parts.filter(Boolean);
  }

  function spoken(text) {
    return text
      .replace(/\s+/g, " ")
      .replace(/€\s?([\d.]+),(\d\d)/g, (all, whole, cents) => whole.replace(/\./g, "") + " euro en " + Number(cents) + " cent")
      .replace(/€\s?([\d.]+)/g, (all, whole) => whole.replace(/\./g, "") + " euro")
      .trim();
  }

  function stop() {
    window.speechSynthesis.cancel();
    button.textContent = start;
    button.setAttribute("aria-pressed", "false");
  }

  function read() {
    words().forEach((text, index, all) => {
      const line = new SpeechSynthesisUtterance(text);
      line.lang = document.documentElement.lang === "en" ? "en-GB" : "nl-NL";
      line.rate = 0.9;
      if (index === all.length - 1) line.onend = stop;
      window.speechSynthesis.speak(line);
    });
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
  }

  box.hidden = false;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => (window.speechSynthesis.speaking ? stop() : read()));
  window.addEventListener("pagehide", () => window.speechSynthesis.cancel());
})();
