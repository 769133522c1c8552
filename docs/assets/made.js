// Parts of a page made by script: whatever they say is text, never markup; and the language of the page.
export const lang = document.documentElement.lang === "en" ? "en" : "vi"
export const say = (vi, en) => lang === "en" ? en : vi

export function make(tag, words = "", ...inside) {
  const made = document.createElement(tag)
  if (words) made.textContent = words
  made.append(...inside.filter(part => part !== ""))
  return made
}

export function act(words, does) {
  const made = make("button", words)
  made.type = "button"
  made.addEventListener("click", does)
  return made
}

export function field(words, control) {
  const made = make("div", "", make("label", words, control))
  made.className = "field"
  return made
}

export function scope(cell) {
  cell.scope = "row"
  return cell
}

export function grid(name, heads, lines) {
  const head = make("tr", "", ...heads.map(one => { const cell = make("th", one); cell.scope = "col"; return cell }))
  const inside = lines.map(line => make("tr", "", ...line.map((one, i) => i ? make("td", one) : scope(make("th", one)))))
  const caption = make("caption", name)
  caption.className = "sr"
  const table = make("table", "", caption, make("thead", "", head), make("tbody", "", ...inside))
  table.className = "data"
  const box = make("div", "", table)
  box.className = "scroll"
  box.tabIndex = 0
  box.setAttribute("role", "region")
  box.setAttribute("aria-label", name)
  return box
}

// Which day a set is asked for: that of today, or the nearest on which it is in force; a day that was typed and counts stays.
export function limits(set, day) {
  const { from = "", until = "" } = set.selectedOptions[0].dataset
  day.min = from
  day.max = until
  const now = new Date()
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-")
  if (day.value && !(from && day.value < from) && !(until && day.value > until)) return
  day.value = until && today > until ? until : from && today < from ? from : today
}

export function progress(status, done, total, words) {
  const bar = status.querySelector("progress") || make("progress")
  bar.max = total
  bar.value = done
  bar.setAttribute("aria-label", words)
  const line = status.querySelector("span") || make("span")
  line.textContent = words
  if (!bar.parentElement) status.replaceChildren(bar, " ", line)
}

export function save(name, bytes, type) {
  const link = make("a")
  link.download = name
  link.href = URL.createObjectURL(new Blob([bytes], { type }))
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

// The bytes that have come, in words.
export function mega({ come, total }) {
  const size = bytes => (bytes / 1e6).toLocaleString(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return say(`Đang tải ${size(come)} / ${size(total)} MB, chỉ lần đầu`, `Loading ${size(come)} of ${size(total)} MB, the first time only`)
}
