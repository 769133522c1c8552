// Runs before the theme: pages opened from a folder (file://), and what the search is asked.
"use strict"
const opened = location.protocol === "file:"

// A link to a directory would show its listing; one that is clicked before the page is whole too.
if (opened) {
  const whole = link => {
    const [, path, rest] = link.getAttribute("href").match(/^([^?#]*)(.*)$/)
    if (path && !/^[a-z]+:/i.test(path) && /(^|\/)\.{0,2}$/.test(path)) {
      link.setAttribute("href", path.replace(/\/?$/, "/") + "index.html" + rest)
    }
  }
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href]")
    if (link) whole(link)
  }, true)
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("a[href]").forEach(whole))
}

// What was read stays readable without the network (offline.js, at the top of the site).
const site = new URL("..", document.currentScript.src)
// Whether all of it is kept is told once it is, or is not.
const keepToRead = async urls => {
  if (opened || !navigator.serviceWorker) return false
  try {
    await navigator.serviceWorker.register(new URL("offline.js", site), { scope: site })
    const { active } = await navigator.serviceWorker.ready
    const { port1, port2 } = new MessageChannel()
    const told = new Promise(done => { port1.onmessage = ({ data }) => done(data) })
    active.postMessage({ keep: urls }, [port2])
    return await told
  } catch { return false /* forbidden, or no room: the page works all the same */ }
}
// Until offline.js answers what this page asks for, each thing that arrives is named to it, also what was on its way then. (A worker's script
// is named where the worker is made: browsers note its times as they like.)
const loaded = new Promise(done => { window.addEventListener("load", done) })
loaded.then(() => {
  if (opened || !navigator.serviceWorker) return
  keepToRead([location.href])
  const answered = () => { until = Math.min(until, performance.now()) }
  let until = Infinity
  if (navigator.serviceWorker.controller) answered()
  else navigator.serviceWorker.addEventListener("controllerchange", answered)
  new PerformanceObserver(list => {
    const names = list.getEntries().filter(one => one.startTime <= until).map(one => one.name)
    if (names.length) keepToRead(names)
  }).observe({ type: "resource", buffered: true })
})

// The dialog of the theme's search has no name for those who listen.
document.addEventListener("DOMContentLoaded", () => {
  const dialog = document.querySelector(".md-search[role=dialog]")
  if (dialog) dialog.setAttribute("aria-label", dialog.querySelector("input").getAttribute("aria-label"))
})

// What an address leads to is seen: the folds around a place open, and the one fold below the heading it names. On paper every fold is open.
const unfold = () => {
  let place = null
  try { place = document.getElementById(decodeURIComponent(location.hash.slice(1))) } catch { /* no address of this page */ }
  if (!place) return
  let shut = place.closest("details:not([open])")
  for (; shut; shut = place.closest("details:not([open])")) shut.open = true
  if (!/^H\d$/.test(place.tagName)) return
  const below = []
  for (let next = place.nextElementSibling; next && !/^H\d$/.test(next.tagName); next = next.nextElementSibling) below.push(next)
  const folds = below.filter(one => one.matches("details.more"))
  if (folds.length === 1) folds[0].open = true // of several, the reader chooses
}
document.addEventListener("DOMContentLoaded", unfold)
window.addEventListener("hashchange", unfold)
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("article details:not([open])")) fold.open = fold.dataset.paper = true
})
window.addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("article details[data-paper]")) {
    fold.open = false
    delete fold.dataset.paper
  }
})

// The theme lets a wide table scroll in a box that a keyboard cannot reach.
window.addEventListener("load", () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (box.scrollWidth <= box.clientWidth) continue
    let above = box
    while (above && !/^H\d$/.test(above.tagName)) above = above.previousElementSibling || above.parentElement
    box.tabIndex = 0
    box.setAttribute("role", "region")
    box.setAttribute("aria-label", (above || document.querySelector("h1")).textContent.replace("¶", "").trim())
  }
})

// The index of the search is asked for by the theme as soon as a page is there. It is large, and most readers never search: it waits until
// the field is used, or until the address brings a question.
const asks = "[data-md-component=search-query]"
const searching = new Promise(done => {
  if (/[?&]q=/.test(location.search)) done()
  document.addEventListener("focusin", ({ target }) => { if (target.matches(asks)) done() })
})
const { open: opens, send: sends } = XMLHttpRequest.prototype
XMLHttpRequest.prototype.open = function (method, url, ...rest) {
  this.waits = /\/search\/search_index\.json$/.test(url) ? searching : null
  return opens.call(this, method, url, ...rest)
}
XMLHttpRequest.prototype.send = function (...given) {
  if (this.waits) this.waits.then(() => sends.apply(this, given))
  else sends.apply(this, given)
}

// From a folder a browser starts no worker: its script runs in a frame of the page instead.
class Frame extends EventTarget {
  constructor(url) {
    super()
    const frame = document.createElement("iframe")
    frame.hidden = true
    frame.title = "search"
    document.body.append(frame)
    const inner = frame.contentWindow
    this.ready = new Promise(done => {
      inner.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
      const script = inner.document.createElement("script")
      script.src = new URL(url, location.href).href
      script.onload = () => done(inner)
      inner.document.body.append(script)
    })
  }

  postMessage(data) {
    this.ready.then(inner => inner.dispatchEvent(new MessageEvent("message", { data })))
  }
}

// The theme looks for any word that begins like any word asked, so that "thu nhap" would find "thuoc" first. Here every word has to
// be there, the last one may go on; where nothing has them all, the theme's own way answers. While one question is being answered, only
// the newest of those that follow waits: what was asked between two strokes of a key is not worth an answer. Icelandic Ð looks like Đ, and
// is taken for it.
const QUERY = 2, RESULT = 3
const Native = window.Worker
window.Worker = class extends EventTarget {
  constructor(url, options) {
    super()
    if (options && options.type === "module") return new Native(url, options) // none of the search
    this.inner = opened ? new Frame(url) : new Native(url)
    loaded.then(() => keepToRead([new URL(url, location.href).href]))
    this.inner.addEventListener("message", ({ data }) => {
      if (data.type !== RESULT) return this.dispatchEvent(new MessageEvent("message", { data }))
      const { loose, steps } = this.asked
      const [step, ...rest] = steps
      this.asked = null
      if (this.waiting) this.ask(this.waiting)
      else if (!data.data.items.length && rest.length) this.ask({ loose, steps: rest })
      else {
        data.data.items = ranked(data.data.items, loose)
        this.dispatchEvent(new MessageEvent("message", { data }))
        told(data.data.items.length ? step.told : "")
      }
    })
  }

  ask(question) {
    this.asked = question
    this.waiting = null
    this.inner.postMessage({ type: QUERY, data: question.steps[0].words })
  }

  postMessage(message) {
    if (message.type !== QUERY) return this.inner.postMessage(message)
    const loose = message.data.replace(/[ÐðƉɖ]/g, "đ").replace(/\b(ntm)(\d{3})\b/gi, "$1 $2")
    const question = { loose, steps: [...steps(loose)] }
    if (this.asked) this.waiting = question
    else this.ask(question)
  }

  terminate() {
    if (this.inner.terminate) this.inner.terminate()
  }
}

// All words; then one of them with one slip; then what has any of them. What is not as it was asked is told.
function* steps(query) {
  const say = (vi, en) => document.documentElement.lang === "en" ? en : vi
  const all = strict(query)
  if (all) {
    yield { words: all, told: "" }
    const words = query.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+(?:\.[\p{N}]+)*/gu)
    for (const [i, word] of words.entries()) {
      if (!/^\p{L}{3,}$/u.test(word) || words.length > 6) continue
      const slipped = words.map((one, j) => `+${one}${i === j ? "~1" : ""}`).join(" ")
      yield { words: slipped, told: say(`Không có «${word}»; tìm theo từ gần giống:`, `No «${word}»; found by a word near to it:`) }
    }
  }
  const left = say("Không có trang nào đủ các từ này; gần nhất:", "No page has all of these words; the nearest:")
  yield { words: query, told: all && all.includes(" ") ? left : "" }
}

// A line above the results; the theme rewrites its own.
function told(words) {
  const list = document.querySelector(".md-search-result__list")
  if (!list) return
  let line = document.querySelector(".search-told")
  if (!line) list.before(line = Object.assign(document.createElement("p"), { className: "search-told", role: "status" }))
  line.textContent = words
  line.hidden = !words
}

function strict(query) {
  const words = query.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+(?:\.[\p{N}]+)*/gu) || []
  if (!words.length || /[+~^*"]/.test(query)) return ""
  const last = words.pop()
  if (!words.length && last.length < 2) return "+" + last
  return [...words.map(word => "+" + word), `+${last}*`, `${last}^4`].join(" ")
}

// Lower case, without marks and markup, words apart by one space: what is asked and what is called are compared so. A page is called the
// same whatever is asked (only what the theme marks in it differs), so that each name is taken apart once.
const plained = new Map()
function plain(given) {
  const bare = given.replace(/<[^>]*>/g, "")
  if (!plained.has(bare)) plained.set(bare, taken(bare))
  return plained.get(bare)
}

function taken(given) {
  const bare = given.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "")
  return (bare.match(/[\p{L}\p{N}]+(?:\.[\p{N}]+)*/gu) || []).join(" ")
}

// Pages called by all the words asked come before those called by words that only begin so. Among each, pages whose own name (before the
// dash) is what was asked come first, then those that have it in order in their name, then under a heading, then anywhere in their title;
// shorter names before longer ones, pages in the language of this page before their twins. Among equals the order of the search stays.
function ranked(items, query) {
  const asked = taken(query.replace(/<[^>]*>/g, "")).replace(/^(tieu chi|chi tieu|criterion|indicator|bo san pham|product set) (?=\d)/, "")
  const words = asked.split(" ")
  const begins = (name, start) => (" " + name).includes(" " + start)
  const order = new RegExp("(^| )" + words.map(escaped).join(".* "))
  const inOrder = name => order.test(name)
  const key = found => {
    const page = found.find(one => !one.location.includes("#")) || found[0]
    const [own, ...rest] = page.title.split(" – ").map(plain)
    const bare = own.replace(/^(tinh|[a-z]{0,2}\d+[a-z]?|bo san pham \d+|product set \d+) (?=.)/, "")
    const headings = found.filter(one => one !== page).map(one => plain(one.title || ""))
    const holds = words.every(word => begins(own, word))
    const named = ` ${[own, ...rest, ...headings].join(" ")} `
    const whole = words.every(word => named.includes(` ${word} `))
    let step = 4
    if ([own, bare].some(name => (name + " ").startsWith(asked + " ")) || (holds && own.split(" ").length <= words.length + 1)) step = 0
    else if (inOrder(own)) step = 1
    else if (headings.some(inOrder)) step = 2
    else if (words.every(word => begins([own, ...rest].join(" "), word))) step = 3
    const foreign = document.documentElement.lang === "en" ? /^vi\// : /^en\//
    const provincial = /^(?:vi\/bo-tieu-chi|en\/rulesets)\/[^/]+\/[a-z-]+-\d{4}/.test(page.location)
    const byLength = step < 2 && !/^\d+$/.test(asked) // under one number the order of the search stays: the set that counts first
    return [Number(!whole), step, Number(foreign.test(page.location)), Number(provincial), byLength ? bare.length : 0]
  }
  const keyed = items.map((item, i) => [...key(item), i, item])
  keyed.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3] || a[4] - b[4] || a[5] - b[5])
  return keyed.map(found => found[6])
}

function escaped(word) {
  return word.replace(/[.]/g, "\\.")
}
