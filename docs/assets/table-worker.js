// A whole table, read, decided and written by the library itself, away from the page. Whoever no longer wants an answer ends this worker.
import { start } from "./engine.js"

const STEP = 100
const HERE = "/table"
let python, loading, table

self.addEventListener("message", async ({ data }) => {
  try {
    loading = loading || start("tables.zip") // once, however many ask meanwhile
    python = await loading
  } catch (error) {
    loading = undefined
    self.postMessage({ broken: String(error.message || error) })
    return
  }
  try {
    if (data.file) await decided(data.file, data.chosen)
    else if (data.explain !== undefined) self.postMessage({ explained: table.explained(data.explain), index: data.explain })
    else if (data.write) written(data.write)
    else self.postMessage({ ready: true })
  } catch (error) {
    self.postMessage({ failed: String(error.message || error).trim().split("\n").pop() })
  }
})

async function decided(file, chosen) {
  python.runPython(`import os, shutil; os.chdir("/"); shutil.rmtree("${HERE}", ignore_errors=True); os.mkdir("${HERE}"); os.chdir("${HERE}")`)
  const name = file.name.replace(/[\\/\0]/g, "_")
  table = python.pyimport("ntm_rules.site.workbench").Dropped(JSON.stringify({ ...chosen, name, size: file.size }))
  const refused = table.admitted()
  if (refused) return self.postMessage({ read: JSON.parse(refused) })
  python.FS.writeFile(`${HERE}/${name}`, new Uint8Array(await file.arrayBuffer()))
  const read = JSON.parse(table.read(rows => self.postMessage({ reading: rows })))
  self.postMessage({ read })
  for (let done = 0; done < read.total;) {
    const found = JSON.parse(table.decide(STEP))
    if (!found.rows.length) break
    done += found.rows.length
    self.postMessage({ rows: found.rows, problems: found.problems, done, total: read.total })
    await new Promise(next => setTimeout(next)) // what was asked meanwhile is answered
  }
  self.postMessage({ finished: true })
}

function written(name) {
  table.write(name)
  const bytes = python.FS.readFile(`${HERE}/${name}`)
  self.postMessage({ written: name, bytes }, [bytes.buffer])
}
