// Pyodide with the library and its rulesets, away from the page so that the page stays quick.
import { loadPyodide } from "./engine/pyodide.mjs"

const engine = new URL("engine/", import.meta.url)
const ready = start()

async function start() {
  const [pyodide, reply] = await Promise.all([loadPyodide({ indexURL: engine.href }), fetch(new URL("ntm_rules.zip", engine))])
  if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`)
  pyodide.unpackArchive(await reply.arrayBuffer(), "zip", { extractDir: "/library" })
  pyodide.runPython('import sys; sys.path.insert(0, "/library")')
  return pyodide.pyimport("ntm_rules.site.calculator").call
}

self.addEventListener("message", async ({ data: { id, request } }) => {
  try {
    const call = await ready
    self.postMessage({ id, reply: JSON.parse(call(request)) })
  } catch (error) {
    self.postMessage({ id, error: String(error.message || error).trim().split("\n").pop() })
  }
})
