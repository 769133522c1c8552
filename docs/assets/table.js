// A table dropped on the page: the library under Pyodide reads, decides and writes it in a worker. Nothing leaves the browser, and whatever a
// table says is shown as text.
import { act, field, grid, lang, limits, make, mega, progress, save, say, scope } from "./made.js"
;(() => {
  const place = document.querySelector("section.workbench")
  if (!place || location.protocol === "file:" || !window.WebAssembly) return
  const script = import.meta.url
  const form = place.querySelector("form")
  const drop = place.querySelector(".drop")
  const input = form.elements.namedItem("file")
  const status = place.querySelector(".status")
  const cancel = place.querySelector(".cancel")
  const answer = place.querySelector(".answer")
  const SHOWN = 100 // rows that stand on the page before more are asked for: thousands would make every change slow
  const TYPES = { xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", html: "text/html" }
  let worker, file, rows, body, filters, problems, busy, most, further, aside = [], kept = Promise.resolve(false)

  const set = form.elements.namedItem("set")
  const day = form.elements.namedItem("on")
  set.addEventListener("change", () => limits(set, day))
  limits(set, day)
  place.hidden = false
  place.parentElement.querySelector(".no-engine").hidden = true

  input.addEventListener("change", () => { if (input.files[0]) choose(input.files[0], "") })
  form.addEventListener("submit", event => { event.preventDefault(); if (file) run() })
  for (const name of ["set", "on", "province", "sheet"]) form.elements.namedItem(name).addEventListener("change", () => { if (file && !busy) run() })
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, event => { event.preventDefault(); drop.classList.add("over") })
  drop.addEventListener("dragleave", () => drop.classList.remove("over"))
  drop.addEventListener("drop", event => {
    event.preventDefault()
    drop.classList.remove("over")
    const [dropped] = event.dataTransfer.files
    if (!dropped) return
    input.value = ""
    choose(dropped, dropped.name)
  })
  place.querySelector(".keep").addEventListener("click", () => { begin(say("Đang tải…", "Loading…")); working().postMessage({}) })
  cancel.addEventListener("click", () => {
    stop()
    tell(rows && rows.length
      ? say(`Đã dừng: mới tính ${rows.length} dòng, chưa hết bảng.`, `Stopped: ${rows.length} rows decided, not the whole table.`)
      : say("Đã dừng.", "Stopped."))
  })

  function choose(chosen, name) {
    file = chosen
    aside = []
    drop.querySelector(".name").textContent = name
    run()
  }

  function run() {
    if (busy) stop()
    if (!day.value) return tell(say("Chọn ngày xét.", "Choose the day."))
    rows = []
    problems = body = filters = undefined
    answer.replaceChildren()
    begin(say("Đang đọc bảng…", "Reading the table…"))
    const chosen = { set: set.value, on: day.value, province: form.elements.namedItem("province").value, sheet: form.elements.namedItem("sheet").value.trim(), lang, aside }
    working().postMessage({ file, chosen })
  }

  function working() {
    if (worker) return worker
    const made = worker = new Worker(new URL("table-worker.js", script), { type: "module" })
    made.addEventListener("message", ({ data }) => { if (made === worker) heard(data) })
    made.addEventListener("error", event => { event.preventDefault(); if (made === worker) broken(event.message || "") })
    return made
  }

  function heard(data) {
    if (data.progress) progress(status, data.progress.come, data.progress.total, mega(data.progress))
    else if (data.reading !== undefined) tell(say(`Đang đọc bảng… ${data.reading} dòng`, `Reading the table… ${data.reading} rows`))
    else if (data.starting) begin(say("Đã tải xong, đang khởi động…", "Loaded, starting…"))
    else if (data.loaded) kept = keepToRead([script, new URL("made.js", script).href, ...data.loaded])
    else if (data.ready) kept.then(all => end(all
      ? say("Đã tải đủ: trang này dùng được khi không có mạng.", "All is here: this page works without the network.")
      : say("Đã tải, nhưng trình duyệt không giữ lại được: lần sau vẫn cần mạng.", "Loaded, but the browser does not keep it: the next time needs the network.")))
    else if (data.broken !== undefined) broken(data.broken)
    else if (data.failed !== undefined) end(say("Không làm được: ", "This failed: ") + data.failed)
    else if (data.read) read(data.read)
    else if (data.rows) more(data)
    else if (data.finished) finished()
    else if (data.explained !== undefined) explained(data)
    else if (data.written) saved(data)
  }

  function begin(words) {
    busy = true
    cancel.hidden = false
    tell(words)
  }

  function end(words) {
    busy = false
    cancel.hidden = true
    tell(words)
  }

  function tell(words) {
    status.textContent = words
  }

  // A worker in the middle of something hears nothing: it is ended, and the next table starts another.
  function stop() {
    if (worker) worker.terminate()
    worker = undefined
    end("")
    for (const button of answer.querySelectorAll("button.why, .tools button")) button.disabled = true
  }

  function broken(why) {
    stop()
    tell(say("Không tải được công cụ; kiểm tra mạng rồi chọn lại bảng. ", "What this runs on could not be loaded; look at the network and choose the table again. ") + (why ? `(${why})` : ""))
  }

  // How the table was read, as `ntm-rules read` says it; then what is wrong with it as a whole.
  function read({ title, sections, notes, problems: found, total }) {
    if (title) {
      answer.append(make("h2", title))
      const inside = sections.flatMap(one => [one.title ? make("h4", one.title) : "", ...one.notes.map(note => make("p", note)), one.rows.length ? grid(one.title, one.headings, one.rows) : ""])
      const folded = make("details", "", make("summary", say("Bảng được đọc như thế nào", "How the table was read")), ...inside)
      folded.open = !total
      answer.append(folded)
      if (notes.length) answer.append(make("ul", "", ...notes.map(note => make("li", note))))
    }
    wrong(found)
    if (problems && !total) problems.open = true
    if (!total) end(say("Chưa tính được: xem những chỗ cần sửa.", "Nothing could be decided: see what is to be mended."))
  }

  function wrong(found) {
    if (!found.length) return
    if (!problems) {
      problems = make("details", "", make("summary"), grid(say("Cần sửa", "To be mended"), [say("Ở đâu", "Where"), say("Cần sửa gì", "What to mend"), say("Mã", "Code")], []))
      problems.className = "to-mend"
      const first = answer.querySelector(".results")
      first ? first.before(problems) : answer.append(problems)
    }
    const lines = problems.querySelector("tbody")
    for (const one of found) {
      const code = make("a", one.code)
      code.href = new URL(`${place.dataset.errors}${one.code}/`, location.href)
      lines.append(make("tr", "", scope(make("th", one.place)), make("td", one.words, ...leave(one)), make("td", "", code)))
      code.className = "number"
    }
    problems.querySelector("summary").textContent = say(`${lines.children.length} chỗ cần sửa`, `${lines.children.length} to be mended`)
  }

  // A column whose heading is not known is something to mend, until somebody says that it is for people alone.
  function leave({ column }) {
    if (!column || column === "…") return []
    return [" ", act(say("Chỉ là ghi chú: bỏ qua cột này", "For people alone: leave this column out"), () => { aside.push(column); run() })]
  }

  function more({ rows: found, problems: bad, done, total }) {
    if (!body) results()
    for (const one of found) {
      one.index = rows.push(one) - 1
      one.asked = plain(`${one.id} ${one.name}`)
      if (shows(one) && body.children.length < most) body.append(line(one))
    }
    wrong(bad)
    progress(status, done, total, say(`Đã tính ${done}/${total} dòng`, `${done} of ${total} rows decided`))
    counted()
  }

  // The row of a unit on the page, made when it is first shown.
  function line(one) {
    if (one.line) return one.line
    const button = act(say("Vì sao", "Why"), () => why(button, one))
    button.className = "why"
    button.setAttribute("aria-label", `${say("Vì sao", "Why")}: ${one.name || one.id || one.row}`)
    const sign = make("span", one.words)
    sign.className = `outcome o-${one.outcome || "none"}`
    one.line = make("tr", "", scope(make("th", one.name || one.id || `${say("dòng", "row")} ${one.row}`)), make("td", one.id), make("td", "", sign), make("td", one.met), make("td", one.failed), make("td", one.open), make("td", "", button))
    return one.line
  }

  function results() {
    most = SHOWN
    const heads = [say("Tên", "Name"), say("Mã", "Id"), say("Kết quả", "Outcome"), say("Đạt", "Met"), say("Tiêu chí chưa đạt", "Criteria not met"), say("Tiêu chí chưa xác định", "Criteria undetermined"), say("Lý do", "Reasons")]
    const table = grid(say("Kết quả từng dòng", "Results by row"), heads, [])
    body = table.querySelector("tbody")
    const outcome = make("select")
    const words = make("input")
    words.type = "search"
    filters = { outcome, words }
    outcome.append(new Option(say("mọi kết quả", "every outcome"), "all"))
    for (const one of [outcome, words]) one.addEventListener("input", () => { most = SHOWN; filter() })
    const fields = make("div", "", field(say("Lọc theo kết quả", "Only with the outcome"), outcome), field(say("Tìm theo tên, mã", "Find by name or id"), words))
    fields.className = "fields"
    const told = make("p")
    told.className = "counted"
    const whole = make("section", "", make("h3", say("Kết quả từng dòng", "Results by row")), fields, told, table)
    whole.className = "results"
    further = act(say(`Hiện thêm ${SHOWN} dòng`, `Show ${SHOWN} more`), () => { most += SHOWN; filter() })
    further.className = "md-button further"
    whole.append(further)
    answer.append(whole)
  }

  function shows(one) {
    const { outcome, words } = filters
    return (outcome.value === "all" || outcome.value === one.outcome) && one.asked.includes(plain(words.value))
  }

  // The first rows that are asked for, with the reasons that were opened.
  function filter() {
    body.replaceChildren(...rows.filter(shows).slice(0, most).flatMap(one => one.why ? [line(one), one.why] : [line(one)]))
    counted()
  }

  // Every outcome with how often it came, in the choice and above the rows.
  function counted() {
    const all = new Map()
    for (const one of rows) all.set(one.outcome, { words: one.words, count: ((all.get(one.outcome) || {}).count || 0) + 1 })
    for (const [key, { words, count }] of all) {
      const option = [...filters.outcome.options].find(one => one.value === key) || filters.outcome.appendChild(new Option("", key))
      option.text = `${words} (${count})`
    }
    const fit = rows.filter(shows).length
    const seen = Math.min(fit, most)
    further.hidden = seen === fit
    answer.querySelector(".counted").textContent = [...all.values()].map(({ words, count }) => `${count} ${words}`).join(", ")
      + (seen < rows.length ? say(`; đang hiện ${seen}/${rows.length}`, `; ${seen} of ${rows.length} shown`) : "")
  }

  function finished() {
    end(rows.length ? say(`Xong: ${rows.length} dòng.`, `Done: ${rows.length} rows.`) : status.textContent)
    if (!rows.length) return
    const tools = make("p", "", ...["xlsx", "html"].flatMap(kind => {
      const button = act(say(`Tải báo cáo ${kind.toUpperCase()}`, `Download the ${kind.toUpperCase()} report`), () => {
        begin(say("Đang ghi báo cáo…", "Writing the report…"))
        worker.postMessage({ write: say(`ket-qua.${kind}`, `results.${kind}`) })
      })
      button.className = "md-button"
      return [button, " "]
    }))
    tools.className = "tools"
    answer.querySelector("h2").after(tools)
  }

  function saved({ written, bytes }) {
    save(written, bytes, TYPES[written.split(".").pop()])
    end(say(`Đã ghi ${written}.`, `${written} was written.`))
  }

  function why(button, one) {
    if (one.why) {
      one.why.remove()
      one.why = undefined
      button.setAttribute("aria-expanded", "false")
    } else worker.postMessage({ explain: one.index })
  }

  function explained({ explained: words, index }) {
    const one = rows[index]
    if (!one || one.why) return
    const cell = make("td", words)
    cell.colSpan = 7
    cell.className = "because"
    one.why = make("tr", "", cell)
    if (one.line.isConnected) one.line.after(one.why)
    one.line.querySelector("button").setAttribute("aria-expanded", "true")
  }

  // Lower case, without marks.
  function plain(given) {
    return given.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "").trim()
  }
})()
