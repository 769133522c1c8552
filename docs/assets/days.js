// What was in force on a day: rows that say from when to when, and a line for that day on timelines. The pages themselves hold no clock.
"use strict"
{
  const say = (vi, en) => document.documentElement.lang === "en" ? en : vi
  const two = number => String(number).padStart(2, "0")
  const shown = day => say(day.split("-").reverse().join("/"), day)
  const now = new Date()
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const cells = [...document.querySelectorAll("td.dated")]

  // in: in force; open: no last day is known; unsure: the first day is not known; out: not yet, or no longer
  const state = ({ from, until, unsure }, day) => {
    if ((from && day < from) || (until && day > until)) return "out"
    return unsure !== undefined || !from ? "unsure" : until ? "in" : "open"
  }
  const words = {
    in: say("còn hiệu lực", "in force"),
    open: say("ngày cuối chưa biết", "last day not known"),
    unsure: say("ngày đầu chưa biết", "first day not known"),
    out: say("hết hoặc chưa có hiệu lực", "not in force"),
  }

  function draw(day, name) {
    for (const group of document.querySelectorAll("svg .now")) {
      const { begin, end, wide, bottom } = group.dataset
      const [a, b, at] = [begin, end, day].map(one => Date.parse(one))
      group.replaceChildren()
      if (!(at >= a && at <= b)) continue
      const x = wide * (at - a) / (b - a)
      const add = (tag, given, text = "") => {
        const made = document.createElementNS("http://www.w3.org/2000/svg", tag)
        for (const [key, value] of Object.entries(given)) made.setAttribute(key, value)
        made.textContent = text
        group.append(made)
      }
      add("line", { x1: x, x2: x, y1: 20, y2: bottom })
      add("text", { x, y: Number(bottom) + 16, "text-anchor": x > wide * .8 ? "end" : x < wide * .2 ? "start" : "middle" }, name)
    }
  }

  function filter(day, told) {
    const counted = { in: 0, open: 0, unsure: 0, out: 0 }
    for (const cell of cells) {
      const found = state(cell.dataset, day || today)
      counted[found] += 1
      let label = cell.querySelector(".state")
      if (!label) cell.append(label = Object.assign(document.createElement("span"), { className: "state" }))
      label.textContent = `${day ? "" : say("hôm nay ", "today ")}${words[found]}`
      label.dataset.state = found
      cell.parentElement.hidden = Boolean(day) && found === "out"
      cell.order = Object.keys(words).indexOf(found)
    }
    const sorted = day ? [...cells].sort((a, b) => a.order - b.order) : cells // what is in force first; else as written
    for (const { parentElement: row } of sorted) row.parentElement.append(row)
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.querySelector("td.dated")) box.classList.toggle("empty", !box.querySelector("tbody tr:not([hidden])"))
    }
    told.textContent = day
      ? say(
        `Ngày ${shown(day)}: ${counted.in} còn hiệu lực, ${counted.open} chưa biết ngày cuối, ${counted.unsure} chưa biết ngày đầu; ${counted.out} khác đã ẩn.`,
        `${shown(day)}: ${counted.in} in force, ${counted.open} with no known last day, ${counted.unsure} with no known first day; ${counted.out} others hidden.`)
      : ""
    draw(day || today, day ? shown(day) : say("hôm nay", "today"))
  }

  const box = document.querySelector(".by-day")
  if (box) {
    const [input, button, told] = ["input", "button", "output"].map(tag => box.querySelector(tag))
    const read = () => filter(/^\d{4}-\d\d-\d\d$/.test(input.value) && input.validity.valid ? input.value : "", told)
    // The day stands in the address, so that it can be sent; the name of the field alone means today.
    const keep = () => { read(); history.replaceState(null, "", input.value ? `#${box.id}=${input.value}` : location.pathname + location.search) }
    const open = () => {
      const [name, day] = location.hash.slice(1).split("=")
      if (name !== box.id) return
      input.value = day || today
      read()
      box.scrollIntoView()
    }
    input.addEventListener("input", keep)
    button.addEventListener("click", () => { input.value = ""; keep() })
    addEventListener("hashchange", open)
    box.hidden = false
    read()
    open()
  } else draw(today, say("hôm nay", "today"))
}
