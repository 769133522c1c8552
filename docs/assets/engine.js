// Pyodide with the library and its rulesets, for the workers of the calculator and of tables. The files are fetched here, counted as they
// come, compared with their sums and kept, so that a fetch that broke off goes on with what is missing.
const engine = new URL("engine/", import.meta.url)
const SILENCE = 30_000
const LIBRARY = "ntm_rules.pack"
const kept = new Map()
const plainFetch = self.fetch.bind(self)
self.fetch = async (wanted, options) => {
  const url = String(wanted.url || wanted)
  const found = kept.get(url)
  return found ? new Response(found, { headers: { "Content-Type": url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream" } }) : plainFetch(wanted, options)
}

// Everything that is needed, with a word to the page as bytes come; it gives up after half a minute without any.
async function fetchAll(beside) {
  const all = await (await plainFetch(new URL("files.json", engine))).json()
  const files = Object.entries(all).filter(([name]) => !name.endsWith(".zip") || name === "python_stdlib.zip" || beside.includes(name))
  const total = files.reduce((sum, [, { size }]) => sum + size, 0)
  const got = {}
  let last = 0
  const tell = () => {
    const now = Date.now()
    const come = Object.values(got).reduce((sum, size) => sum + size, 0)
    if (now - last > 100 || come === total) self.postMessage({ progress: { come, total } })
    last = now
  }
  const come = await Promise.allSettled(files.map(async ([name, { size, sha256 }]) => {
    const url = new URL(name, engine).href
    if (!kept.has(url)) kept.set(url, await whole(name, sha256, await fetchOne(url, bytes => { got[name] = bytes; tell() })))
    got[name] = size
    tell()
  }))
  const failed = come.find(one => one.status === "rejected") // the others have come by then, and stay
  if (failed) throw failed.reason
}

// What came, where it is what the site was built with; a page that is not served safely cannot reckon sums.
async function whole(name, sha256, bytes) {
  if (!self.crypto.subtle) return bytes
  const sum = new Uint8Array(await self.crypto.subtle.digest("SHA-256", bytes))
  if ([...sum].map(byte => byte.toString(16).padStart(2, "0")).join("") !== sha256) throw new Error(`${name}: sha256`)
  return bytes
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

// Python with the library, and with the archives that stand beside it, once all of it has come.
export async function start(...beside) {
  await fetchAll(beside)
  self.postMessage({ starting: true })
  const pyodide = await Promise.race([loaded(), silence()])
  for (const name of [LIBRARY, ...beside]) pyodide.unpackArchive(kept.get(new URL(name, engine).href), name === LIBRARY ? "gztar" : "zip", { extractDir: "/library" })
  const scripts = ["files.json", "pyodide.mjs", "pyodide.asm.mjs"].map(name => new URL(name, engine).href)
  self.postMessage({ loaded: [...kept.keys(), ...scripts, import.meta.url, self.location.href] })
  kept.clear()
  pyodide.runPython('import sys; sys.path.insert(0, "/library")')
  return pyodide
}

async function loaded() {
  const { loadPyodide } = await import("./engine/pyodide.mjs")
  return loadPyodide({ indexURL: engine.href })
}

// Where a script of it never comes, loading neither ends nor fails.
function silence() {
  return new Promise((_, fail) => setTimeout(() => fail(new Error("…")), 2 * SILENCE))
}
