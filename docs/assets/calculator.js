// The calculator of a page: the library itself under Pyodide, in a worker, once somebody asks for it. Nothing typed leaves the browser.
"use strict"
;(() => {
  const place = document.querySelector("section.calculator")
  if (!place || location.protocol === "file:" || !window.WebAssembly) return
  const { set, number } = place.dataset
  const lang = document.documentElement.lang === "en" ? "en" : "vi"
  const say = (vi, en) => lang === "en" ? en : vi
  const script = document.currentScript.src
  const open = place.querySelector(".open")
  const inside = place.querySelector(".inside")
  const button = open.querySelector("button")
  let worker, answer, form, kept
  let asked = 0

  button.addEventListener("click", () => {
    button.disabled = true
    tell(say("Đang tải…", "Loading…"))
    worker = new Worker(new URL("calculator-worker.js", script), { type: "module" })
    worker.addEventListener("message", ({ data }) => data.error ? fail(data.error) : data.id === asked && show(data))
    worker.addEventListener("error", event => { event.preventDefault(); fail(event.message) })
    ask({}, false)
  })
  place.hidden = false

  function ask(given, decide) {
    const now = new Date()
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-")
    worker.postMessage({ id: ++asked, request: JSON.stringify({ set, number, lang, given, today, answer: decide }) })
  }

  function typed() {
    return Object.fromEntries([...new FormData(form)].filter(([, value]) => value))
  }

  // The first reply makes the form. Later ones replace it only where the law may ask for other things: another day or province.
  let anew = true
  function show({ reply }) {
    if (!form) {
      inside.innerHTML = '<form novalidate></form><div class="answer"></div>'
      form = inside.querySelector("form")
      answer = inside.querySelector(".answer")
      form.addEventListener("submit", event => { event.preventDefault(); ask(typed(), true) })
      form.addEventListener("reset", event => { event.preventDefault(); anew = true; ask({}, false) })
      form.addEventListener("change", ({ target }) => {
        anew = anew || target.name === "on" || target.name === "province"
        ask(typed(), true)
      })
      open.hidden = true
    }
    if (anew) {
      const focused = document.activeElement && form.contains(document.activeElement) ? document.activeElement.id : ""
      const unfolded = [...form.querySelectorAll("details")].map(one => one.open)
      form.innerHTML = reply.form
      form.querySelectorAll("details").forEach((one, i) => { if (unfolded[i] !== undefined) one.open = unfolded[i] })
      if (focused && document.getElementById(focused)) document.getElementById(focused).focus()
      anew = false
    }
    answer.innerHTML = reply.answer
    form.querySelector(".verdict").textContent = reply.verdict // in sight while the form is filled in, and read out when it changes
    if (reply.decision) answer.append(keep(reply.decision))
  }

  function keep(decision) {
    URL.revokeObjectURL(kept)
    const link = document.createElement("a")
    link.download = `${set.replace("/", "-")}.json`
    link.href = kept = URL.createObjectURL(new Blob([decision], { type: "application/json" }))
    link.textContent = say("Tải quyết định (JSON, kiểm chứng lại được)", "Download the decision (JSON, can be verified)")
    const line = document.createElement("p")
    line.append(link)
    return line
  }

  function tell(words) {
    inside.innerHTML = '<p role="status"></p>'
    inside.firstChild.textContent = words
  }

  function fail(why) {
    worker.terminate()
    form = undefined
    anew = true
    const words = say(
      "Không mở được công cụ tính. Hãy thử lại, hoặc dùng trình duyệt mới hơn.",
      "The calculator could not be opened. Try again, or use a newer browser.",
    )
    tell(`${words} ${why}`)
    open.hidden = false
    button.disabled = false
  }
})()
