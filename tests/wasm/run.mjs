// The engine of the site's calculator under Node.js: every stored decision of the golden corpus verifies in WebAssembly, every conformance case
// is answered as it stands (conformance.py, which tests/browser runs in a page), and the calculator answers.
//   node run.mjs ENGINE_FOLDER GOLDEN_FOLDER CONFORMANCE_FOLDER
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [engine, golden, conformance] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(engine, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: engine + "/" });
function unpack(name, format) {
  pyodide.unpackArchive(new Uint8Array(readFileSync(join(engine, name))), format, { extractDir: "/library" });
}
unpack("ntm_rules.pack", "gztar");
pyodide.runPython(`
import json
import sys
sys.path.insert(0, "/library")
from ntm_rules.site.calculator import call
request = {"set": "commune-ntm/2021-2025", "number": "10", "lang": "vi", "today": "2024-06-30", "answer": True,
           "given": {"province": "kon-tum", "a:area": "III", "v:10.1": "44.5"}}
assert "0,5" in json.loads(call(json.dumps(request)))["answer"]
`);
unpack("tables.zip", "zip");
unpack("texts.zip", "zip");
pyodide.FS.mkdirTree("/golden");
for (const name of readdirSync(golden)) pyodide.FS.writeFile(`/golden/${name}`, new Uint8Array(readFileSync(join(golden, name))));
function copy(from, to) {
  pyodide.FS.mkdirTree(to);
  for (const name of readdirSync(from).filter((one) => !one.startsWith("__"))) {
    if (statSync(join(from, name)).isDirectory()) copy(join(from, name), `${to}/${name}`);
    else pyodide.FS.writeFile(`${to}/${name}`, new Uint8Array(readFileSync(join(from, name))));
  }
}
copy(conformance, "/conformance");

const verified = pyodide.runPython(`
from datetime import date
from pathlib import Path
import ntm_rules as ntm

stored = sorted(Path("/golden").glob("*.json"))
assert stored
for path in stored:
    found = ntm.Decision.from_json(path.read_text("utf-8")).verify()
    assert found or found.reason.startswith("older meaning"), (path.name, found)
rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province="kon-tum")
assert rules.evaluate(ntm.Subject(id="23311", kind="commune")).outcome == "undetermined"
outside = {name.split(".")[0] for name in sys.modules} & {"typer", "rich", "openpyxl", "polars", "narwhals", "durable"}
assert not outside, outside
len(stored)
`);
const figures = pyodide.runPython(readFileSync(new URL("conformance.py", import.meta.url), "utf-8"));
console.log(`Pyodide ${pyodide.version}: ${verified} stored decisions verified; ${figures}`);
