#!/usr/bin/env bash
# Writes run.txt, dev.txt, bench.txt, durable.txt and fuzz.txt: the newest versions that fit pyproject.toml and the .in files, with the sha256 of every
# file of each, so that pip takes no other. Called by `make pins`; `HASHES=only` keeps the versions and asks for the hashes anew.
# Each file holds only what it adds to the one before it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${1:-python3}
venv=build/pins
pip=(env "$venv/bin/python" -m pip --disable-pip-version-check --quiet --quiet)

rm -rf "$venv"
"$python" -m venv "$venv"
"${pip[@]}" install --target "$venv/uv" uv
: >"$venv/before"

write() { # FILE COMMENT INCLUDE, the pins on standard input
  cat >"$venv/new.in"
  "$venv/uv/bin/uv" pip compile --quiet --no-deps --no-header --no-annotate --generate-hashes --python "$venv/bin/python" \
    --output-file "$venv/new.txt" "$venv/new.in"
  {
    echo "# $2 Written by \`make pins\`."
    [ -z "$3" ] || echo "-r $3"
    cat "$venv/new.txt"
  } >"requirements/$1"
}

freeze() { # FILE COMMENT INCLUDE WANTED…
  if [ "${HASHES:-}" = only ]; then
    sed -n 's/^\([A-Za-z0-9_.-]*==[^ \\]*\).*/\1/p' "requirements/$1" >"$venv/kept"
    write "$1" "$2" "$3" <"$venv/kept"
  else
    "${pip[@]}" install -r "$venv/before" "${@:4}"
    "${pip[@]}" freeze --exclude ntm-rules --exclude pip --exclude setuptools --exclude wheel >"$venv/now"
    grep -vxFf "$venv/before" "$venv/now" | write "$1" "$2" "$3"
    cp "$venv/now" "$venv/before"
  fi
}

freeze run.txt "What the core needs." "" .
freeze dev.txt "What developing, testing and publishing needs." run.txt -r requirements/dev.in
freeze bench.txt "What the benchmarks compare with." dev.txt -r requirements/bench.in
sed -n "s/^durable = \[\"\([^\"]*\)\"\].*/\1/p" pyproject.toml \
  | write durable.txt "What watching needs (the extra «durable»). There is no wheel of it: \`make setup\` builds it, with a flag for Python 3.13 (docs/monitor.md)." ""
freeze fuzz.txt "What leads the fuzzers (\`make fuzz\`), where it installs." "" atheris
