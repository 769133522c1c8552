// The core under Pyodide: every stored decision of the golden corpus verifies in WebAssembly as it does on a server.
//   node run.mjs PYODIDE_FOLDER WHEELS_FOLDER YAML_FOLDER REPOSITORY
// The YAML reader is PyYAML without its C part, copied as Python source.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, wheels, yaml, repository] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: pyodideFolder + "/" });

function copy(from, to) {
  if (statSync(from).isDirectory()) {
    pyodide.FS.mkdirTree(to);
    for (const name of readdirSync(from)) if (name !== "__pycache__" && !name.endsWith(".so")) copy(join(from, name), `${to}/${name}`);
  } else {
    pyodide.FS.writeFile(to, new Uint8Array(readFileSync(from)));
  }
}

for (const name of readdirSync(wheels).filter((name) => name.endsWith(".whl"))) {
  await pyodide.unpackArchive(new Uint8Array(readFileSync(join(wheels, name))), "wheel");
}
copy(yaml, "/ntm/src/yaml");
copy(join(repository, "src/ntm_rules"), "/ntm/src/ntm_rules");
copy(join(repository, "rulesets"), "/ntm/rulesets");
copy(join(repository, "tests/golden"), "/ntm/golden");

const verified = pyodide.runPython(`
import sys
sys.path.insert(0, "/ntm/src")
from datetime import date
from pathlib import Path
import ntm_rules as ntm

outside = {name.split(".")[0] for name in sys.modules} & {"typer", "rich", "openpyxl", "polars", "durable"}
assert not outside, outside
stored = sorted(Path("/ntm/golden").glob("*.json"))
assert stored
for path in stored:
    assert ntm.Decision.from_json(path.read_text("utf-8")).verify(), path.name
rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province="kon-tum")
assert rules.evaluate(ntm.Subject(id="23311", kind="commune")).outcome == "undetermined"
len(stored)
`);
console.log(`Pyodide ${pyodide.version}: ${verified} stored decisions verified`);
