// A set that is edited on the page: checked, tried and compared by the library itself, away from the page.
import { start } from "./engine.js"

const HOME = "/playground"
let loading

async function ready() {
  const python = await start("texts.zip", "tables.zip")
  python.runPython(`import os; os.mkdir("${HOME}"); os.chdir("${HOME}")`)
  return { python, bench: python.pyimport("ntm_rules.site.workbench.playground").Playground(`${HOME}/texts`) }
}

self.addEventListener("message", async ({ data: { id, asked, file } }) => {
  let engine
  try {
    engine = await (loading = loading || ready())
  } catch (error) {
    loading = undefined
    self.postMessage({ broken: String(error.message || error) })
    return
  }
  try {
    const { python, bench } = engine
    if (file) {
      const name = `${HOME}/${file.name.replace(/[\\/\0]/g, "_")}`
      python.FS.writeFile(name, new Uint8Array(await file.arrayBuffer()))
      asked[asked.do === "unpack" ? "from" : "table"] = name
    }
    const reply = JSON.parse(bench.ask(JSON.stringify(asked)))
    if (reply.written) reply.bytes = python.FS.readFile(reply.written)
    self.postMessage({ id, reply })
  } catch (error) {
    self.postMessage({ id, failed: String(error.message || error).trim().split("\n").pop() })
  }
})
