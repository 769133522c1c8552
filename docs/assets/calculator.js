// The calculator of a page: the library itself under Pyodide, in a worker, once somebody asks for it. Nothing typed leaves the browser: it is
// kept for this tab, and after the # of the address, which no browser sends.
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
  const MARK = "#nhap?"
  const KEEP = `ntm:${set}:${number}`
  let worker, answer, form, kept, cleared
  let asked = 0

  button.addEventListener("click", start)
  place.hidden = false
  const given = remembered()
  if (given) start()

  function start() {
    button.disabled = true
    tell(say("Đang tải…", "Loading…"))
    if (!worker) {
      worker = new Worker(new URL("calculator-worker.js", script), { type: "module" })
      worker.addEventListener("message", ({ data }) => {
        if (data.progress) progress(data.progress)
        else if (data.loaded) keepToRead(data.loaded)
        else if (data.starting) tell(say("Đã tải xong, đang khởi động…", "Loaded, starting…"))
        else if (data.broken !== undefined) broken(data.broken)
        else if (data.error !== undefined) refuse(data.error)
        else if (data.id === asked) show(data)
      })
      worker.addEventListener("error", event => { event.preventDefault(); worker.terminate(); worker = undefined; broken(event.message || "") })
    }
    const known = form ? typed() : remembered() || {}
    ask(known, Object.keys(known).length > 0)
  }

  function ask(given, decide) {
    const now = new Date()
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-")
    worker.postMessage({ id: ++asked, request: JSON.stringify({ set, number, lang, given, today, answer: decide }) })
  }

  function typed() {
    return Object.fromEntries([...new FormData(form)].filter(([, value]) => value))
  }

  // What was typed before: in the address of the page, else in this tab, whichever language the page then had.
  function remembered() {
    let text = location.hash.startsWith(MARK) ? location.hash.slice(MARK.length) : ""
    try { text = text || sessionStorage.getItem(KEEP) || "" } catch { /* a browser that keeps nothing */ }
    const found = Object.fromEntries([...new URLSearchParams(text)].filter(([name, value]) => /^(on|province|[avs]:.+)$/.test(name) && value))
    return Object.keys(found).length ? found : null
  }

  function remember(given) {
    const text = Object.keys(given).length ? new URLSearchParams(given).toString() : ""
    try { text ? sessionStorage.setItem(KEEP, text) : sessionStorage.removeItem(KEEP) } catch { /* the address still holds it */ }
    history.replaceState(history.state, "", text ? MARK + text : location.pathname + location.search)
  }

  function decide() {
    const given = typed()
    remember(given)
    ask(given, true)
  }

  // The first reply makes the form. Later ones replace it only where the law may ask for other things: another day or province.
  let anew = true
  let asks = false
  function show({ reply }) {
    if (!form) {
      inside.innerHTML = '<form novalidate></form><div class="answer" tabindex="-1"></div>'
      form = inside.querySelector("form")
      answer = inside.querySelector(".answer")
      form.addEventListener("submit", event => { event.preventDefault(); asks = true; decide() })
      form.addEventListener("reset", event => { event.preventDefault(); clear() })
      form.addEventListener("change", ({ target }) => {
        anew = anew || target.name === "on" || target.name === "province"
        decide()
      })
      inside.addEventListener("click", pressed)
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
    beside(reply)
    const unfolded = [...answer.querySelectorAll("details")].map(one => one.open)
    answer.innerHTML = reply.answer
    answer.querySelectorAll("details").forEach((one, i) => { if (unfolded[i]) one.open = true })
    form.querySelector(".verdict").textContent = reply.verdict // in sight while the form is filled in, and read out when it changes
    if (reply.decision) answer.append(tools(reply.decision))
    if (cleared) answer.append(undo())
    if (asks) {
      const wrong = reply.wrong.map(name => control(name)).find(Boolean)
      ;(wrong || answer).focus({ preventScroll: Boolean(wrong) })
      ;(wrong || answer).scrollIntoView({ block: wrong ? "center" : "start" })
      asks = false
    }
  }

  function control(name) {
    const found = form.elements.namedItem(name)
    return found instanceof RadioNodeList ? found[0] : found
  }

  // How each field was read, or what is wrong with it, where it stands.
  function beside(reply) {
    for (const old of form.querySelectorAll(".beside")) old.remove()
    for (const field of form.querySelectorAll("[aria-describedby]")) {
      field.removeAttribute("aria-describedby")
      field.removeAttribute("aria-invalid")
    }
    for (const [name, said] of Object.entries(reply.beside)) {
      const field = control(name)
      if (!field) continue
      const line = document.createElement("p")
      line.className = "beside"
      line.id = `${field.id}-said`
      line.innerHTML = said
      field.closest(".field, fieldset").append(line)
      field.setAttribute("aria-describedby", line.id)
      if (reply.wrong.includes(name)) {
        field.setAttribute("aria-invalid", "true")
        const folded = field.closest("details")
        if (folded) folded.open = true
      }
    }
  }

  function pressed(event) {
    const choice = event.target.closest("button[data-field]")
    const to = event.target.closest("a.to")
    if (choice) {
      const field = control(choice.dataset.field)
      if (!field) return
      field.value = choice.dataset.value
      field.focus()
      decide()
    } else if (to) {
      event.preventDefault() // the address holds what was typed
      const field = document.getElementById(to.hash.slice(1))
      if (field) field.focus()
    }
  }

  function clear() {
    cleared = typed()
    remember({})
    anew = true
    ask({}, false)
  }

  function undo() {
    const before = cleared
    cleared = undefined
    return line(act(say("Lấy lại số liệu vừa xoá", "Bring back what was cleared"), () => {
      remember(before)
      anew = true
      ask(before, true)
    }))
  }

  function tools(decision) {
    URL.revokeObjectURL(kept)
    const link = document.createElement("a")
    link.download = `${set.replace("/", "-")}.json`
    link.href = kept = URL.createObjectURL(new Blob([decision], { type: "application/json" }))
    link.textContent = say("Tải quyết định (JSON, kiểm chứng lại được)", "Download the decision (JSON, can be verified)")
    const copy = act(say("Sao chép liên kết", "Copy the link"), async () => {
      remember(typed())
      try {
        await navigator.clipboard.writeText(location.href)
        copy.textContent = say("Đã sao chép", "Copied")
      } catch {
        window.prompt(say("Liên kết có số liệu đã nhập:", "The link with what was entered:"), location.href)
      }
    })
    const print = act(say("In kết quả", "Print the result"), () => {
      document.documentElement.classList.add("only-result")
      window.addEventListener("afterprint", () => document.documentElement.classList.remove("only-result"), { once: true })
      window.print()
    })
    return line(copy, " ", print, " ", link)
  }

  function act(words, does) {
    const made = document.createElement("button")
    made.type = "button"
    made.className = "md-button"
    made.textContent = words
    made.addEventListener("click", does)
    return made
  }

  function line(...parts) {
    const made = document.createElement("p")
    made.className = "tools"
    made.append(...parts)
    return made
  }

  function tell(words) {
    if (form) return
    inside.innerHTML = '<p role="status"></p>'
    inside.firstChild.textContent = words
  }

  function progress({ come, total }) {
    const size = bytes => (bytes / 1e6).toLocaleString(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    if (!inside.querySelector("progress")) inside.innerHTML = '<p><progress></progress> <span></span></p>'
    const bar = inside.querySelector("progress")
    bar.max = total
    bar.value = come
    bar.setAttribute("aria-label", say("Đang tải", "Loading"))
    inside.querySelector("span").textContent = say(`Đang tải ${size(come)} / ${size(total)} MB`, `Loading ${size(come)} of ${size(total)} MB`)
  }

  function broken(why) {
    tell(`${say("Không tải được công cụ tính: mạng chậm hoặc mất kết nối.", "The calculator could not be loaded: the connection is slow or lost.")} ${why}`.trim())
    button.textContent = say("Thử lại", "Try again")
    button.disabled = false
    open.hidden = false
  }

  // One question that could not be answered at all; what was typed stays.
  function refuse(why) {
    if (!form) return broken(why)
    answer.textContent = `${say("Chưa trả lời được câu này.", "This could not be answered.")} ${why}`
  }
})()
