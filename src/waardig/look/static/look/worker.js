// The service worker of the portal. It keeps the frame of the site and, only where somebody chose so on this device,
// the messages they opened; without a connection those are shown. Nothing else is kept, and signing out removes it all.
// `FRAME` (addresses to keep) and `AWAY` (the page without a connection) stand above this text: the server adds them.
"use strict";
const FRAME_STORE = "waardig-frame-" + VERSION;
const KEPT_STORE = "waardig-messages";
const CHOICE = "/app/keep";
const DAYS = 30;
const MESSAGE = /^\/berichten\/[0-9a-f-]{36}\/$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FRAME_STORE).then((store) => store.addAll(FRAME)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => names.filter((name) => name.startsWith("waardig-frame-") && name !== FRAME_STORE))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
  );
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, address.pathname));
  else if (FRAME.includes(address.pathname)) event.respondWith(frame(event.request));
});

async function page(request, path) {
  try {
    const answer = await fetch(request);
    if (MESSAGE.test(path)) await keep(path, answer.clone());
    return answer;
  } catch (gone) {
    const kept = MESSAGE.test(path) ? await found(path) : undefined;
    return kept || (await caches.match(AWAY)) || Promise.reject(gone);
  }
}

async function keep(path, answer) {
  const store = await caches.open(KEPT_STORE);
  if (!(await store.match(CHOICE))) return;
  if (answer.status === 404) await store.delete(path);
  if (answer.status !== 200 || answer.redirected) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  await store.put(path, new Response(await answer.blob(), { status: 200, headers }));
}

async function found(path) {
  const store = await caches.open(KEPT_STORE);
  const kept = await store.match(path);
  if (!kept) return undefined;
  const age = Date.now() - Date.parse(kept.headers.get("X-Kept-At") || "");
  if (age < DAYS * 86400000) return kept;
  await store.delete(path);
  return undefined;
}

async function frame(request) {
  try {
    return await fetch(request);
  } catch (gone) {
    return (await caches.match(request)) || Promise.reject(gone);
  }
}
