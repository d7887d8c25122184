// Makes the portal installable, shows on a kept page that there is no connection, and on the page "app" lets somebody
// choose to keep opened messages on this device. Without support nothing shows.
(function () {
  "use strict";
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const STORE = "waardig-messages";
  const CHOICE = "/app/keep";
  navigator.serviceWorker.register("/werker.js", { scope: "/" }).catch(() => {});

  const day = (text) => new Date(text).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
  const keptAt = (answer) => answer.headers.get("X-Kept-At") || "";

  async function isKept() {
    return (await caches.has(STORE)) && Boolean(await (await caches.open(STORE)).match(CHOICE));
  }

  async function tellWithoutConnection() {
    const notice = document.querySelector("[data-offline]");
    if (!notice || !(await caches.has(STORE))) return;
    const show = async () => {
      const kept = navigator.onLine ? undefined : await (await caches.open(STORE)).match(location.pathname);
      notice.hidden = !kept;
      if (kept) notice.querySelector("[data-kept-on]").textContent = day(keptAt(kept));
    };
    window.addEventListener("online", show);
    window.addEventListener("offline", show);
    await show();
  }

  async function offerChoice() {
    const box = document.querySelector("[data-keep]");
    if (!box) return;
    const button = box.querySelector("button");
    const state = box.querySelector("[data-keep-state]");
    const show = async () => {
      const on = await isKept();
      button.textContent = on ? button.dataset.stop : button.dataset.start;
      state.textContent = on ? state.dataset.on : state.dataset.off;
    };
    button.addEventListener("click", async () => {
      if (await isKept()) await caches.delete(STORE);
      else await (await caches.open(STORE)).put(CHOICE, new Response("yes"));
      await show();
    });
    await show();
    box.hidden = false;
  }

  async function listKept() {
    const list = document.querySelector("[data-kept-list]");
    if (!list || !(await caches.has(STORE))) return;
    const store = await caches.open(STORE);
    for (const request of await store.keys()) {
      const path = new URL(request.url).pathname;
      if (path === CHOICE) continue;
      const answer = await store.match(request);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const link = document.createElement("a");
      link.href = path;
      link.textContent = page.querySelector("h1").textContent;
      link.className = "utrecht-link";
      const row = document.createElement("li");
      row.append(link, " (" + day(keptAt(answer)) + ")");
      list.append(row);
    }
    const none = document.querySelector("[data-kept-none]");
    if (none) none.hidden = list.children.length > 0;
  }

  tellWithoutConnection();
  offerChoice();
  listKept();
})();
