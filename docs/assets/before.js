// Runs before the theme: pages opened from a folder (file://), and what the search is asked.
"use strict"
const opened = location.protocol === "file:"

// A link to a directory would show its listing.
if (opened) {
  document.addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("a[href]")) {
      const [, path, rest] = link.getAttribute("href").match(/^([^?#]*)(.*)$/)
      if (path && !/^[a-z]+:/i.test(path) && /(^|\/)\.{0,2}$/.test(path)) {
        link.setAttribute("href", path.replace(/\/?$/, "/") + "index.html" + rest)
      }
    }
  })
}

// The dialog of the theme's search has no name for those who listen.
document.addEventListener("DOMContentLoaded", () => {
  const dialog = document.querySelector(".md-search[role=dialog]")
  if (dialog) dialog.setAttribute("aria-label", dialog.querySelector("input").getAttribute("aria-label"))
})

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
// be there, the last one may go on; where nothing has them all, the theme's own way answers.
const QUERY = 2, RESULT = 3
const Native = window.Worker
window.Worker = class extends EventTarget {
  constructor(url, options) {
    super()
    if (options && options.type === "module") return new Native(url, options) // none of the search
    this.inner = opened ? new Frame(url) : new Native(url)
    this.inner.addEventListener("message", ({ data }) => {
      if (data.type === RESULT && !data.data.items.length && this.loose) {
        this.inner.postMessage({ type: QUERY, data: this.loose })
        this.loose = ""
      } else {
        if (data.type === RESULT) data.data.items.sort((a, b) => foreign(a) - foreign(b))
        this.dispatchEvent(new MessageEvent("message", { data }))
      }
    })
  }

  postMessage(message) {
    if (message.type === QUERY) {
      this.loose = message.data
      const words = strict(message.data)
      if (words) message = { type: QUERY, data: words }
      else this.loose = ""
    }
    this.inner.postMessage(message)
  }

  terminate() {
    if (this.inner.terminate) this.inner.terminate()
  }
}

// Pages in the language of this page come first.
function foreign(found) {
  return Number(document.documentElement.lang === "en" ? /^vi\//.test(found[0].location) : /^en\//.test(found[0].location))
}

function strict(query) {
  const words = query.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+(?:\.[\p{N}]+)*/gu) || []
  if (!words.length || /[+~^*"]/.test(query)) return ""
  const last = words.pop()
  return [...words.map(word => "+" + word), `+${last}*`, `${last}^4`].join(" ")
}
