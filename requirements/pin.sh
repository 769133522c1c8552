#!/usr/bin/env bash
# Writes run.txt, dev.txt and bench.txt: the newest versions that fit pyproject.toml and the .in files. Called by `make pins`.
# Each file holds only what it adds to the one before it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${1:-python3}
venv=build/pins
pip=(env "$venv/bin/python" -m pip --disable-pip-version-check --quiet --quiet)

rm -rf "$venv"
"$python" -m venv "$venv"
: >"$venv/before"

freeze() { # FILE COMMENT INCLUDE
  "${pip[@]}" freeze --exclude ntm-rules --exclude pip --exclude setuptools --exclude wheel >"$venv/now"
  {
    echo "# $2 Written by \`make pins\`."
    [ -z "$3" ] || echo "-r $3"
    grep -vxFf "$venv/before" "$venv/now"
  } >"requirements/$1"
  cp "$venv/now" "$venv/before"
}

"${pip[@]}" install .
freeze run.txt "What the core needs." ""
"${pip[@]}" install -r requirements/run.txt -r requirements/dev.in
freeze dev.txt "What developing, testing and publishing needs." run.txt
"${pip[@]}" install -r requirements/dev.txt -r requirements/bench.in
freeze bench.txt "What the benchmarks compare with." dev.txt
