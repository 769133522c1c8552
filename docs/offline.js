// What was once read here can be read again without the network: pages, and the calculator once it was opened. The network is asked first, so
// nothing kept is shown while something newer can be had. Nothing typed is kept here, and nothing is sent.
"use strict"
const KEPT = "ntm-read"

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()))

self.addEventListener("fetch", event => {
  const { request } = event
  if (request.method === "GET" && request.url.startsWith(self.registration.scope)) event.respondWith(answer(event))
})

// A page names what it had loaded before this script was there.
self.addEventListener("message", event => {
  if (!Array.isArray(event.data.keep)) return
  const ours = event.data.keep.filter(url => String(url).startsWith(self.registration.scope))
  event.waitUntil(Promise.all(ours.map(async url => {
    try { if (!await found(url)) await keep(url, await fetch(url)) } catch { /* no network */ }
    return Boolean(await found(url))
  })).then(all => { for (const port of event.ports) port.postMessage(all.every(Boolean)) }))
})

async function answer(event) {
  try {
    const reply = await fetch(event.request)
    if (reply.status === 200) event.waitUntil(keep(event.request.url, reply.clone()))
    return reply
  } catch (error) {
    const kept = await found(event.request.url)
    if (kept) return kept
    if (event.request.mode === "navigate") return absent()
    throw error
  }
}

// Without what follows ? and #: what is searched and typed names no other page.
function key(url) {
  return url.replace(/[?#].*$/, "")
}

async function found(url) {
  try { return await (await caches.open(KEPT)).match(key(url)) } catch { /* a browser that keeps nothing */ }
}

async function keep(url, reply) {
  try { if (reply.status === 200) await (await caches.open(KEPT)).put(key(url), reply) } catch { /* full, or forbidden: the page works all the same */ }
}

function absent() {
  const words = '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    + "<title>Không có mạng / No network</title><h1>Không có mạng</h1><p>Trang này chưa từng mở trên máy này nên chưa được giữ lại.</p>"
    + '<p lang="en">No network, and this page was never opened here before.</p></html>'
  return new Response(words, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } })
}
