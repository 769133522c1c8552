// Pyodide with the library and its rulesets, away from the page so that the page stays quick. The files are fetched here, counted as they
// come and kept, so that a fetch that broke off goes on with what is missing.
const engine = new URL("engine/", import.meta.url)
const SILENCE = 30_000
const kept = new Map()
const plainFetch = self.fetch.bind(self)
self.fetch = async (wanted, options) => {
  const url = String(wanted.url || wanted)
  const found = kept.get(url)
  return found ? new Response(found, { headers: { "Content-Type": url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream" } }) : plainFetch(wanted, options)
}
let call

// Everything that the engine is made of, with a word to the page as bytes come; it gives up after half a minute without any.
async function fetchAll() {
  const sizes = await (await plainFetch(new URL("sizes.json", engine))).json()
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0)
  const got = {}
  let last = 0
  const tell = () => {
    const now = Date.now()
    const come = Object.values(got).reduce((sum, size) => sum + size, 0)
    if (now - last > 100 || come === total) self.postMessage({ progress: { come, total } })
    last = now
  }
  const all = await Promise.allSettled(Object.entries(sizes).map(async ([name, size]) => {
    const url = new URL(name, engine).href
    if (!kept.has(url)) kept.set(url, await fetchOne(url, bytes => { got[name] = bytes; tell() }))
    got[name] = size
    tell()
  }))
  const failed = all.find(one => one.status === "rejected") // the others have come by then, and stay
  if (failed) throw failed.reason
}

async function fetchOne(url, come) {
  const gone = new AbortController()
  let timer
  const wait = () => { clearTimeout(timer); timer = setTimeout(() => gone.abort(), SILENCE) }
  try {
    wait()
    const reply = await plainFetch(url, { signal: gone.signal })
    if (!reply.ok) throw new Error(`${reply.status}`)
    const parts = []
    let bytes = 0
    for (const reader = reply.body.getReader(); ;) {
      const { done, value } = await reader.read()
      if (done) return await new Blob(parts).arrayBuffer()
      wait()
      parts.push(value)
      come(bytes += value.length)
    }
  } finally {
    clearTimeout(timer)
  }
}

async function start() {
  await fetchAll()
  self.postMessage({ starting: true })
  const pyodide = await Promise.race([loaded(), silence()])
  pyodide.unpackArchive(kept.get(new URL("ntm_rules.zip", engine).href), "zip", { extractDir: "/library" })
  self.postMessage({ loaded: [...kept.keys(), ...["sizes.json", "pyodide.mjs", "pyodide.asm.mjs"].map(name => new URL(name, engine).href), import.meta.url] })
  kept.clear()
  pyodide.runPython('import sys; sys.path.insert(0, "/library")')
  return pyodide.pyimport("ntm_rules.site.calculator").call
}

async function loaded() {
  const { loadPyodide } = await import("./engine/pyodide.mjs")
  return loadPyodide({ indexURL: engine.href })
}

// Where a script of it never comes, loading neither ends nor fails.
function silence() {
  return new Promise((_, fail) => setTimeout(() => fail(new Error("…")), 2 * SILENCE))
}

self.addEventListener("message", async ({ data: { id, request } }) => {
  try {
    call = call || await start()
  } catch (error) {
    self.postMessage({ broken: String(error.message || error) })
    return
  }
  try {
    self.postMessage({ id, reply: JSON.parse(call(request)) })
  } catch (error) {
    self.postMessage({ id, error: String(error.message || error).trim().split("\n").pop() })
  }
})
