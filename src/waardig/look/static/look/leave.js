// "Verlaat deze pagina" also with three times Escape, and without a step back to this page. It works without script too.
(() => {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const leave = () => {
    document.body.hidden = true;
    window.location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < 2000);
    if (presses.length >= 3) leave();
  });
})();
