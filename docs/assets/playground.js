// A set edited on the page: the library under Pyodide checks, tries and compares it in a worker. Nothing leaves the browser, and whatever a
// text says is shown as text.
import { act, grid, lang, limits, make, mega, progress, save, say } from "./made.js"
;(() => {
  const place = document.querySelector("section.playground")
  if (!place || location.protocol === "file:" || !window.WebAssembly) return
  const script = import.meta.url
  const find = css => place.querySelector(css)
  const choice = find("form.choose"), paper = find("form.paper")
  const status = find(".status"), cancel = find(".cancel"), bench = find(".bench"), answer = find(".answer"), wrong = find(".wrong")
  const area = find("textarea"), numbers = find(".numbers"), keys = find(".keys"), which = find("#p-file"), example = find("#p-example"), table = find("#p-table")
  const { set, on, province, zip } = Object.fromEntries(["set", "on", "province", "zip"].map(name => [name, choice.elements.namedItem(name)]))
  const KEPT = "ntm-playground"
  const MOST = 20_000_000
  let worker, waiting = new Map(), last = 0, files = {}, shipped = {}, found = [], offered = -1, typing, moving, storing = true

  set.addEventListener("change", () => limits(set, on))
  choice.addEventListener("submit", event => { event.preventDefault(); open() })
  paper.addEventListener("submit", event => { event.preventDefault(); enter() })
  zip.addEventListener("change", () => { if (zip.files[0]) load(zip.files[0]) })
  which.addEventListener("change", () => show(which.value))
  area.addEventListener("input", () => { files[which.value] = area.value; lines(); soon() })
  area.addEventListener("scroll", () => { numbers.scrollTop = area.scrollTop })
  for (const kind of ["keyup", "click", "input"]) area.addEventListener(kind, () => {
    if (area.selectionStart !== offered) keys.replaceChildren() // they were for another place
    clearTimeout(moving)
    moving = setTimeout(offer, 300)
  })
  find(".back").addEventListener("click", back)
  find(".take").addEventListener("click", take)
  find("button.try").addEventListener("click", tryOne)
  find("button.test").addEventListener("click", testAll)
  find("button.compare").addEventListener("click", compare)
  cancel.addEventListener("click", () => { stop(); tell(say("Đã dừng.", "Stopped.")) })

  const kept = recalled()
  if (kept) for (const [name, value] of [["set", kept.set], ["province", kept.province]]) choose(name, value)
  const named = [...set.options].find(one => one.id && one.id === location.hash.slice(1)) // the page of a set leads here
  if (named) set.value = named.value
  limits(set, on)
  place.hidden = false
  place.parentElement.querySelector(".no-engine").hidden = true
  if (kept) {
    files = kept.files
    tell(say("Có phần đang soạn dở trong thẻ này: bấm «Mở để sửa» để đi tiếp.", "This tab holds what you were writing: press «Open» to go on."))
  }

  function choose(name, value) {
    const control = choice.elements.namedItem(name)
    if ([...control.options].some(one => one.value === value)) control.value = value
  }

  // What was edited: whatever reads otherwise than the library's own text.
  function edited() {
    return Object.fromEntries(Object.entries(files).filter(([path, words]) => words !== shipped[path]))
  }

  function recalled() {
    try {
      const { files: texts, ...rest } = JSON.parse(sessionStorage.getItem(KEPT))
      const entries = Object.entries(texts).filter(([, words]) => typeof words === "string")
      return entries.length ? { ...rest, files: Object.fromEntries(entries) } : undefined
    } catch { /* nothing, forbidden, or not what this page wrote */ }
  }

  function keep() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ set: set.value, province: province.value, files: edited() }))
      storing = true
    } catch {
      if (storing) tell(say("Trình duyệt không giữ được phần đang soạn: tải thư mục về trước khi đóng.", "The browser cannot keep what you write: download the folder before you close."))
      storing = false
    }
  }

  function working() {
    if (worker) return worker
    const made = worker = new Worker(new URL("playground-worker.js", script), { type: "module" })
    made.addEventListener("message", ({ data }) => { if (made === worker) heard(data) })
    made.addEventListener("error", event => { event.preventDefault(); if (made === worker) broken(event.message || "") })
    return made
  }

  function ask(what, file) {
    const id = ++last
    const asked = { lang, set: set.value, on: on.value, province: province.value, table: "", files: edited(), ...what }
    return new Promise((answered, failed) => {
      waiting.set(id, { answered, failed })
      working().postMessage({ id, asked, file })
    })
  }

  function heard(data) {
    if (data.progress) progress(status, data.progress.come, data.progress.total, mega(data.progress))
    else if (data.starting) tell(say("Đã tải xong, đang khởi động…", "Loaded, starting…"))
    else if (data.loaded) keepToRead([script, new URL("made.js", script).href, ...data.loaded])
    else if (data.broken !== undefined) broken(data.broken)
    else {
      const one = waiting.get(data.id)
      waiting.delete(data.id)
      if (one) data.failed === undefined ? one.answered(data.reply) : one.failed(new Error(data.failed))
    }
  }

  function stop() {
    if (worker) worker.terminate()
    worker = undefined
    waiting = new Map()
    cancel.hidden = true
  }

  function broken(why) {
    stop()
    tell(say("Không tải được công cụ; kiểm tra mạng rồi bấm lại. ", "What this runs on could not be loaded; look at the network and press again. ") + (why ? `(${why})` : ""))
  }

  function tell(words) {
    status.textContent = words
  }

  // Something that takes a while: said, and it can be stopped.
  async function during(words, what, file) {
    tell(words)
    cancel.hidden = false
    try {
      const reply = await ask(what, file)
      tell("")
      return reply
    } catch (error) {
      tell(say("Không làm được: ", "This failed: ") + error.message)
    } finally {
      cancel.hidden = true
    }
  }

  async function open(first) {
    if (!on.value) return tell(say("Chọn ngày xét.", "Choose the day."))
    const reply = await during(say("Đang mở…", "Opening…"), { do: "open" })
    if (!reply) return
    if (!reply.files) return problems(reply.problems)
    const mine = files
    files = { ...reply.files, ...mine }
    shipped = { ...shipped, ...reply.shipped }
    which.replaceChildren(...Object.keys(files).map(path => new Option(path, path)))
    example.replaceChildren(...reply.examples.map((name, i) => new Option(name, i)))
    bench.hidden = false
    answer.replaceChildren()
    show(first && files[first] !== undefined ? first : Object.keys(reply.files)[0])
    check()
  }

  function show(path) {
    which.value = path
    area.value = files[path]
    area.scrollTop = numbers.scrollTop = 0
    area.setSelectionRange(0, 0)
    keys.replaceChildren()
    lines()
  }

  // The numbers of the lines, those with something wrong marked.
  function lines() {
    const bad = new Set(found.filter(one => one.file === which.value).map(one => one.line))
    numbers.replaceChildren(...area.value.split("\n").map((_, i) => {
      const made = make(bad.has(i + 1) ? "b" : "span", `${i + 1}\n`)
      return made
    }))
    numbers.scrollTop = area.scrollTop
  }

  function soon() {
    keep()
    clearTimeout(typing)
    typing = setTimeout(check, 600)
  }

  async function check() {
    const asked = JSON.stringify(edited())
    try {
      const reply = await ask({ do: "check" })
      if (asked !== JSON.stringify(edited())) return // it was typed on meanwhile: the next answer counts
      problems(reply.problems, reply.next, reply.doubtful)
    } catch (error) {
      tell(say("Không kiểm tra được: ", "The check failed: ") + error.message)
    }
  }

  function problems(bad, next = [], doubtful = []) {
    found = bad
    const told = bad.length ? say(`${bad.length} lỗi`, `${bad.length} problems`)
      : Object.keys(edited()).length ? say("Không có lỗi.", "Nothing is wrong.") : say("Chưa sửa gì.", "Nothing was changed yet.")
    const odd = doubtful.length ? [make("p", say(`Đáng ngờ, vẫn dùng được (${doubtful.length}):`, `Doubtful, loaded all the same (${doubtful.length}):`)), listed(doubtful)] : []
    wrong.replaceChildren(make("p", told), listed(bad), listed(next), ...odd)
    bench.hidden = bench.hidden && !bad.length
    area.setAttribute("aria-invalid", String(bad.some(one => one.file === which.value)))
    lines()
  }

  function listed(bad) {
    return make("ul", "", ...bad.map(one => {
      const code = make("a", one.code)
      code.href = new URL(`${place.dataset.errors}${one.code}/`, location.href)
      const where = one.line && files[one.file] !== undefined
        ? act(`${one.file === which.value ? "" : `${one.file}, `}${say("dòng", "line")} ${one.line}`, () => go(one)) : make("span", one.file || one.path)
      return make("li", "", where, ` ${one.words} `, code)
    }))
  }

  function go({ file, line }) {
    if (file !== which.value) show(file)
    const before = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0)
    area.focus()
    area.setSelectionRange(before, before + (area.value.split("\n")[line - 1] || "").length)
    area.scrollTop = Math.max(0, (line - 5) * parseFloat(getComputedStyle(area).lineHeight))
  }

  // The keys that may stand where the cursor is, or the values of the key before it: those that begin as what was typed.
  async function offer() {
    const at = area.selectionStart
    const above = area.value.slice(0, at)
    const begun = above.slice(above.lastIndexOf("\n") + 1)
    const [, value] = begun.match(/^[\s-]*[^\s:#'"][^:#'"]*: *([\p{L}\p{N}_-]*)$/u) || []
    if (value === undefined && /[:#"']/.test(begun)) return keys.replaceChildren()
    const typed = value ?? begun.replace(/^[\s-]*/, "")
    let reply
    try { reply = await ask({ do: "keys", path: which.value, text: area.value, line: above.split("\n").length }) } catch { return }
    if (area.selectionStart !== at) return
    offered = at
    const fit = ((value === undefined ? reply.keys : reply.values) || []).filter(one => one.startsWith(typed) && one !== typed).slice(0, 24)
    const told = value === undefined ? say("Khóa dùng được ở đây: ", "Keys that may stand here: ") : say("Giá trị dùng được: ", "Values it may have: ")
    keys.replaceChildren(...fit.length ? [told] : [], ...fit.flatMap(one => [act(one, () => {
      area.setRangeText(value === undefined ? `${one}: ` : `${begun.endsWith(":") ? " " : ""}${one}`, at - typed.length, at, "end")
      area.focus()
      area.dispatchEvent(new Event("input"))
    }), " "]))
  }

  function back() {
    const path = which.value
    if (shipped[path] == null) return tell(say("Tệp này là tệp mới, không có bản đã công bố.", "This file is new; nothing of it is published."))
    files[path] = shipped[path]
    show(path)
    soon()
  }

  async function take() {
    const mine = edited()
    if (!Object.keys(mine).length) return tell(say("Chưa sửa gì.", "Nothing was changed yet."))
    const reply = await during(say("Đang ghi…", "Writing…"), { do: "pack", to: "ntm-rules.zip" })
    if (!reply || !reply.bytes) return
    save("ntm-rules.zip", reply.bytes, "application/zip")
    tell(say("Đã ghi ntm-rules.zip.", "ntm-rules.zip was written."))
  }

  async function load(file) {
    if (file.size > MOST) return tell(say("Tệp quá lớn.", "The file is too large."))
    const reply = await during(say("Đang mở…", "Opening…"), { do: "unpack", name: file.name }, file)
    zip.value = ""
    if (!reply) return
    if (!reply.files) return problems(reply.problems)
    files = { ...files, ...reply.files }
    for (const words of Object.values(reply.files)) {
      const [, name] = words.match(/^(?:ruleset|amends): *"?([a-z0-9/-]+)/m) || []
      if (name) { choose("set", name); limits(set, on) }
    }
    keep()
    await open(Object.keys(reply.files)[0])
  }

  async function enter() {
    const given = Object.fromEntries(["number", "title", "issued", "start"].map(name => [name, paper.elements.namedItem(name).value]))
    if (!province.value || !given.number || !given.start) return tell(say("Chọn tỉnh ở trên; ghi số hiệu và ngày có hiệu lực.", "Choose the province above; give the number and the first day."))
    const reply = await during(say("Đang lập…", "Setting up…"), { do: "new", paper: { ...given, province: province.value } })
    if (!reply) return
    if (!reply.files) return problems(reply.problems)
    files = { ...files, ...reply.files }
    keep()
    await open(Object.keys(reply.files).find(path => path.endsWith("overlay.yaml")))
    tell(reply.open.length ? say(`Đã lập. Còn để trống: ${reply.open.join(", ")}`, `Set up. Still to fill: ${reply.open.join(", ")}`) : say("Đã lập.", "Set up."))
  }

  async function tryOne() {
    const reply = await during(say("Đang tính…", "Deciding…"), { do: "try", example: Number(example.value) })
    if (!reply) return
    if (reply.problems) return refused(reply.problems)
    const sign = make("strong", reply.after)
    sign.className = `outcome o-${reply.outcome}`
    const because = make("p", reply.explained)
    because.className = "because"
    answer.replaceChildren(make("h2", example.selectedOptions[0].text), make("p", "", `${say("Bản đã công bố", "As published")}: ${reply.before}. ${say("Bản đang soạn", "As edited")}: `, sign), because)
  }

  async function testAll() {
    const reply = await during(say("Đang chạy ví dụ…", "Running the examples…"), { do: "test" })
    if (!reply) return
    refused(reply.problems, reply.count === undefined ? "" : say(`${reply.count} ví dụ, ${reply.problems.length} sai`, `${reply.count} examples, ${reply.problems.length} wrong`))
  }

  function refused(bad, words = say("Chưa tính được: sửa các lỗi này trước.", "Nothing could be decided: mend this first.")) {
    answer.replaceChildren(make("p", words), listed(bad))
  }

  async function compare() {
    const [file] = table.files
    const reply = await during(say("Đang so…", "Comparing…"), { do: "compare" }, file)
    if (!reply) return
    if (!reply.diff) return refused(reply.problems)
    const whole = sections => sections.flatMap(one => [...one.notes.map(note => make("p", note)), one.rows.length ? grid(one.title, one.headings, one.rows) : ""])
    answer.replaceChildren(
      make("h2", say("Khác bản đã công bố", "What differs from the published text")), ...whole(reply.diff).filter(one => one !== ""),
      make("h2", say("Ai bị ảnh hưởng", "Who is affected")),
      make("p", say(`${reply.affected} trong ${reply.count} ${file ? "dòng" : "ví dụ"}`, `${reply.affected} of ${reply.count} ${file ? "rows" : "examples"}`)),
      ...whole(reply.impact).filter(one => one !== ""), listed(reply.problems))
  }
})()
