# Everything from a fresh checkout: `make demo` shows the library at work, `make test` checks all of it. Needs Python 3.11 or newer.

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet --no-input
PINS := $(VENV)/.pins
INSTALLED := $(VENV)/.installed
BENCH := $(VENV)/.bench
ENGINE := build/wasm/.fetched
PYRIGHT := build/pyright/.fetched

# The core: every branch of it is tested.
comma := ,
empty :=
CORE := */ntm_rules/values.py */ntm_rules/labels.py */ntm_rules/problems.py */ntm_rules/model/* */ntm_rules/conditions/* \
  */ntm_rules/loading/* \
  */ntm_rules/decide/decision.py */ntm_rules/decide/ruleset.py */ntm_rules/decide/choose.py \
  */ntm_rules/decide/engine/* */ntm_rules/decide/explain/* */ntm_rules/decide/stored/* \
  */ntm_rules/decide/written/* */ntm_rules/decide/frame/*
# What a machine without a Java runtime cannot run.
NOT_HERE := $(if $(shell command -v java),,*/ntm_rules/decide/frame/spark.py)
CORE_LIST := $(subst $(empty) $(empty),$(comma),$(strip $(CORE)))

# durable_rules, for watching, is built from source; Python 3.13 no longer has a name that it uses. Never from the cache: it may hold a build
# without this. `make DURABLE=no` leaves it out.
DURABLE_FLAG := -DPyEval_CallObject=PyObject_CallObject

# The first interpreter that is new enough; `make PYTHON=/path/to/python …` takes another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
ifeq ($(origin PYTHON),undefined)
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  "$$p" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo "$$p" && break; done)
ifeq ($(PYTHON),)
PYTHON := python3
endif
endif

# What a caller's shell sets must not reach into the environment built here.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV PIP_USER PIP_TARGET PIP_REQUIRE_VIRTUALENV
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup demo test lint format types unit cover rules generated house wheel pythons wholes wasm site browser screenshots trust lowest advisories fuzz mutants bench pins clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:
	@echo "make demo   xem thư viện chạy trên dữ liệu thật / see the library at work"
	@echo "make test   kiểm tra toàn bộ / check everything: lint types site browser unit cover rules generated wheel wasm"
	@echo "make site   dựng trang web vào site/ / build the site into site/"
	@echo "make screenshots  chụp mỗi loại trang / pictures of a page of each type, in out/screenshots"
	@echo "make pythons  thử gói cài đặt trên từng bản Python có trong máy / try the wheel under every Python the machine has"
	@echo "make trust  các phép kiểm tra dài, kèm con số / the long checks, with their figures"
	@echo "make lowest  thử với các phiên bản phụ thuộc thấp nhất / try the lowest versions of the dependencies"
	@echo "make advisories  tra cảnh báo bảo mật của các gói phụ thuộc / look for advisories about the dependencies"
	@echo "make fuzz   thử dữ liệu hỏng, độc hại / hostile input to every reader"
	@echo "make mutants  thử xem phép kiểm tra có nhận ra lỗi cài vào phần lõi / do the tests notice slips made in the core"
	@echo "make bench  đo tốc độ / measure speed"
	@echo "make pins   ghi lại phiên bản thư viện phụ thuộc / write the exact versions of the dependencies anew"
	@echo "make clean  xoá mọi thứ dựng được / remove what can be built again"

setup: $(INSTALLED)

$(PINS): $(wildcard requirements/*.txt)
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 || { \
	  found=$$("$(PYTHON)" --version 2>&1 || true); \
	  echo "Lỗi: cần Python 3.11 trở lên; '$(PYTHON)' là: $$found. Hãy cài bản mới hơn hoặc chạy: make PYTHON=<đường dẫn tới python>" >&2; \
	  echo "Error: Python 3.11 or newer is needed; '$(PYTHON)' is: $$found. Install a newer one or run: make PYTHON=<path to python>" >&2; \
	  exit 1; }
	@echo "Chuẩn bị $(VENV), chỉ một lần… / Setting up $(VENV), once only…"
	@"$(PYTHON)" -m venv --clear "$(VENV)"
	@$(PIP) install -r requirements/dev.txt -c requirements/dev.txt # -c: the pin holds for a package named with an extra, too
ifneq ($(DURABLE),no)
	@CPPFLAGS="$$CPPFLAGS $(DURABLE_FLAG)" $(PIP) install --no-cache-dir -r requirements/durable.txt \
	  && $(BIN)/python -c 'import durable_rules_engine' || { \
	  echo "Lỗi: không dựng được durable_rules (phần giám sát). Cần trình biên dịch C, như gcc, và Python 3.11, 3.12 hoặc 3.13. Hãy cài gcc, hoặc bỏ phần này: make DURABLE=no" >&2; \
	  echo "Error: durable_rules (for watching) cannot be built. It needs a C compiler, such as gcc, and Python 3.11, 3.12 or 3.13. Install gcc, or leave it out: make DURABLE=no" >&2; \
	  exit 1; }
endif
	@$(PIP) wheel -r requirements/run.txt --wheel-dir "$(VENV)/wheels"
	@touch $@

$(INSTALLED): $(PINS) pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@PATH="$(abspath $(BIN)):$$PATH" bash examples/demo.sh

test: setup lint types site browser unit cover rules generated wheel pythons wasm

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: setup $(PYRIGHT)
	$(BIN)/mypy src $(wildcard bench)
	@if [ -f $(PYRIGHT) ] && command -v node >/dev/null; then $(BIN)/python tests/package/by_pyright.py build/pyright; \
	else echo "Không có Node.js: bỏ qua pyright / no Node.js here: pyright is left out"; fi

# The second checker that clients use, where the machine has npm.
$(PYRIGHT): $(wildcard tests/package/pyright/package*.json)
	@rm -rf build/pyright; mkdir -p build/pyright; cp tests/package/pyright/package*.json build/pyright/; \
	if command -v npm >/dev/null && npm ci --prefix build/pyright --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error >/dev/null; \
	then touch $@; \
	else [ -z "$$CI" ] || ! command -v npm >/dev/null; fi

unit: setup
	$(BIN)/python -m pytest -n 2 --ignore=tests/browser --cov --cov-report=

cover: setup
	$(BIN)/coverage report --skip-covered
	$(BIN)/coverage report --include='$(CORE_LIST)' --omit='$(NOT_HERE)' --fail-under=100

rules: setup
	$(BIN)/ntm-rules check rulesets
	$(BIN)/ntm-rules test rulesets
	@mkdir -p out; for count in coverage "mutate --every 20 --afresh" prove; do name=$${count%% *}; \
	  $(BIN)/ntm-rules $$count --rulesets rulesets >out/$$name.txt || { cat out/$$name.txt; exit 1; }; \
	  echo "ntm-rules $$count (out/$$name.txt): $$(tail -n 1 out/$$name.txt)"; done

generated: setup
	$(BIN)/ntm-rules schema --check
	$(BIN)/python tests/house.py --check
	$(BIN)/python tests/messages.py --check
	$(BIN)/python requirements/parts.py --check
	$(BIN)/python tests/package/surface.py --check
	$(BIN)/python tests/pictures.py --check

# The picture and the counts of docs/architecture.md, from the code.
house: setup
	$(BIN)/python tests/house.py

# Built without the network, and again at another hour of another place: the same bytes. Then installed into an empty environment from the pinned
# wheels that setup kept, used from outside the tree.
wheel: setup
	rm -rf build/wheel build/again dist
	$(BIN)/python -m build --sdist --wheel --no-isolation --outdir dist
	@umask 077; SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-1580601600} TZ=Asia/Ho_Chi_Minh $(BIN)/python -m build --sdist --wheel --no-isolation --outdir build/again >/dev/null
	cd dist && sha256sum -- * >../build/again/sha256 && cd ../build/again && sha256sum --check sha256
	$(BIN)/python -m venv build/wheel
	build/wheel/bin/python -m pip --disable-pip-version-check --quiet --quiet install \
	  --no-index --find-links "$(VENV)/wheels" dist/*.whl
	cd / && "$(CURDIR)/build/wheel/bin/python" -I -W error "$(CURDIR)/tests/wheel_smoke.py"

# The same wheel under every other interpreter that the classifiers name and the machine has, with the pinned dependencies.
PYTHONS := 3.11 3.12 3.13
pythons: wheel
	@for version in $(PYTHONS); do \
	  [ ! -d "$(VENV)/lib/python$$version" ] || continue; \
	  python=; \
	  for one in python$$version "$$HOME"/.pyenv/versions/$$version.*/bin/python; do \
	    "$$one" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { python=$$one; break; }; done; \
	  if [ -z "$$python" ]; then \
	    echo "Python $$version: máy này không có, bỏ qua / not on this machine, left out"; continue; fi; \
	  trial=build/python$$version; rm -rf "$$trial"; "$$python" -m venv "$$trial"; \
	  if ! "$$trial/bin/python" -m pip --disable-pip-version-check --quiet --quiet --no-input install -r requirements/run.txt; then \
	    echo "Python $$version: không tải được các gói, bỏ qua / its packages could not be fetched, left out"; continue; fi; \
	  "$$trial/bin/python" -m pip --disable-pip-version-check --quiet --quiet install --no-index --no-deps dist/*.whl \
	    && (cd / && "$(CURDIR)/$$trial/bin/python" -I -W error "$(CURDIR)/tests/wheel_smoke.py") || exit 1; \
	done

# All tests but those of the browser, against that wheel, under every other interpreter; their closing lines are left in $(TRUST).
wholes: wheel
	@mkdir -p $(TRUST); for version in $(PYTHONS); do \
	  [ ! -d "$(VENV)/lib/python$$version" ] || continue; \
	  python=; \
	  for one in python$$version "$$HOME"/.pyenv/versions/$$version.*/bin/python; do \
	    "$$one" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { python=$$one; break; }; done; \
	  told=$(TRUST)/python$$version.txt; \
	  if [ -z "$$python" ]; then echo "not on this machine, left out" >$$told; continue; fi; \
	  trial=build/whole$$version; rm -rf "$$trial"; "$$python" -m venv "$$trial"; \
	  pip="$$trial/bin/python -m pip --disable-pip-version-check --quiet --quiet --no-input"; \
	  if ! $$pip install -r requirements/dev.txt -c requirements/dev.txt; then echo "its packages could not be fetched, left out" >$$told; continue; fi; \
	  CPPFLAGS="$$CPPFLAGS $(DURABLE_FLAG)" $$pip install --no-cache-dir -r requirements/durable.txt || true; \
	  $$pip install --no-index --no-deps dist/*.whl || exit 1; \
	  "$$trial/bin/python" -m pytest -n 2 -p no:cacheprovider --ignore=tests/browser >$$told; \
	  code=$$?; tail -n 30 $$told; [ $$code -le 1 ] || exit 2; \
	done

# The long forms, which print their figures: all tests under the other interpreters; many more subjects against the plain evaluator (drawn
# anew each time), every slip in a set that its examples would notice, what they reach, and what is proven of every subject; a monitor killed
# at fifty places of its journal, and fifty times over 100,000 facts; the alerts of 200,000 facts beside a recomputation; every conformance
# case in a page of the site, in Chromium and in Firefox where the machine has them; what is made wrong in the Python of the core and noticed
# by its tests. The last four count and end with 1 while something is open:
# what is open is a figure here, no failure.
TRUST := out/trust
trust: setup pythons site lowest
	@rm -rf $(TRUST); mkdir -p $(TRUST)
	NTM_TRUST=1 $(BIN)/python -m pytest -n 2 --junitxml=$(TRUST)/doors.xml tests/laws/test_plain_evaluator.py \
	  tests/monitor/test_agreement.py tests/tables/test_frames_agree.py tests/tables/test_frames_parts.py \
	  tests/laws/test_conformance.py tests/monitor/test_conformance.py
	NTM_TRUST=1 $(BIN)/python -m pytest -n 2 --junitxml=$(TRUST)/journal.xml tests/monitor/test_journal.py -k killed
	NTM_TRUST=1 $(BIN)/python -m pytest --junitxml=$(TRUST)/settled.xml tests/monitor/test_settled.py -k long_run
	NTM_TRUST=1 $(BIN)/python -m pytest --junitxml=$(TRUST)/kills.xml tests/monitor/test_many_kills.py
	NTM_TRUST=1 $(BIN)/python -m pytest --junitxml=$(TRUST)/browser.xml tests/browser/test_conformance.py
	@$(MAKE) --no-print-directory wholes
	$(BIN)/python tests/fuzz/run.py --seconds 60 >$(TRUST)/fuzz.txt || { cat $(TRUST)/fuzz.txt; exit 1; }
	$(BIN)/python tests/mutants/run.py >$(TRUST)/mutants.txt; if [ $$? -gt 1 ] || ! grep -q '^mutants: ' $(TRUST)/mutants.txt; then exit 2; fi
	@for count in coverage "mutate --afresh" prove; do \
	  $(BIN)/ntm-rules $$count --rulesets rulesets >$(TRUST)/$${count%% *}.txt; \
	  if [ $$? -gt 1 ]; then exit 2; fi; done
	$(BIN)/python tests/trust.py $(TRUST)

# The least versions that pyproject.toml allows, of the core and every extra but Spark (a download of 400 MB), under the oldest Python that
# the machine has; then what each extra is for, by the tests of its door.
LOWEST := build/lowest
LOWEST_PIP := $(LOWEST)/bin/python -m pip --disable-pip-version-check --quiet --no-input
LOWEST_TESTS := tests/loading/test_catalogue.py tests/tables/test_files.py tests/tables/test_frames.py tests/monitor/test_watch.py \
  tests/verify/test_prove.py tests/cli/test_registry.py tests/cli/test_pipe.py
lowest: $(LOWEST)/.installed
	$(LOWEST)/bin/python -m pytest -q -W ignore::DeprecationWarning $(LOWEST_TESTS)
	$(LOWEST)/bin/ntm-rules site build
	$(LOWEST)/bin/mkdocs build --strict --quiet --site-dir $(CURDIR)/$(LOWEST)/site

$(LOWEST)/.installed: pyproject.toml requirements/lowest.py
	@rm -rf $(LOWEST); python=; \
	for one in python3.11 "$$HOME"/.pyenv/versions/3.11.*/bin/python "$(PYTHON)"; do \
	  "$$one" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { python=$$one; break; }; done; \
	"$$python" -m venv $(LOWEST)
	@$(LOWEST)/bin/python requirements/lowest.py >$(LOWEST)/lowest.txt
	@$(LOWEST_PIP) install -c $(LOWEST)/lowest.txt hatchling editables setuptools wheel
	@CPPFLAGS="$$CPPFLAGS $(DURABLE_FLAG)" $(LOWEST_PIP) install --no-build-isolation -c $(LOWEST)/lowest.txt -e '.[all,durable]' \
	  pytest pytest-benchmark hypothesis jsonschema packaging build pandas pyarrow 'duckdb<1.4'
	@touch $@

# Whether anything is known against a pinned package, where pip-audit is installed and gets an answer; it says so where it gets none.
advisories: setup
	@$(BIN)/python requirements/advisories.py

# Slips in the Python of the core, each met by the tests that run its line (CONTRIBUTING.md); answers are kept in build/mutants.
mutants: setup
	$(BIN)/python tests/mutants/run.py

# Hostile input to every reader, for ten minutes each, and as long again led by what it reaches, where atheris installs; what ends in anything but an error of the library is kept in tests/fuzz/corpus.
fuzz: setup
	$(BIN)/python tests/fuzz/run.py --seconds 600
	@$(PIP) install -r requirements/fuzz.txt >/dev/null 2>&1 || true
	$(BIN)/python tests/fuzz/guided.py --seconds 600

# What the calculator on the pages runs on, where the machine has npm: Pyodide and the compiled part of pydantic, kept in build/wasm.
WASM_PLATFORM := --platform pyemscripten_2026_0_wasm32 --python-version 314 --implementation cp --abi cp314 --only-binary=:all:
$(ENGINE): $(PINS) $(wildcard tests/wasm/package*.json) tests/wasm/engine.sha256
	@rm -rf build/wasm; mkdir -p build/wasm/wheels; cp tests/wasm/package*.json build/wasm/; \
	sed -n '/^pydantic-core==/,/[^\\]$$/p' requirements/run.txt >build/wasm/pydantic-core.txt; \
	cp "$(VENV)"/wheels/*-py3-none-any.whl build/wasm/wheels/; \
	if command -v npm >/dev/null \
	  && $(PIP) download --no-deps $(WASM_PLATFORM) --dest build/wasm/wheels -r build/wasm/pydantic-core.txt \
	  && npm ci --prefix build/wasm --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; \
	then touch $@; \
	else echo "Không có npm, hoặc không tải được Pyodide: trang web không có công cụ tính / no npm, or Pyodide could not be fetched: the site has no calculator"; \
	  [ -z "$$CI" ] || ! command -v npm >/dev/null; fi

# The very archive that the calculator loads: every stored decision verifies in WebAssembly as it does on a server, and no conformance case differs.
wasm: site
	@if [ -f site/assets/engine/pyodide.mjs ] && command -v node >/dev/null; then \
	  node tests/wasm/run.mjs site/assets/engine tests/golden conformance; \
	else echo "Không có Node.js: bỏ qua kiểm tra Pyodide / no Node.js here: the check under Pyodide is left out"; fi

# The pages written from the rulesets, then the site; then the same tree with the successor of MkDocs, which is not published.
site: setup $(ENGINE)
	$(BIN)/ntm-rules site build
	$(BIN)/ntm-rules site check
	$(BIN)/mkdocs build --strict --quiet
	$(BIN)/zensical build --strict --config-file zensical.yml

# The built site in the system's Chromium, where the machine has one.
browser: site
	$(BIN)/python -m pytest -n 2 tests/browser

# Pictures of a page of each type for people to look at, in out/screenshots.
screenshots: site
	PYTHONPATH=tests $(BIN)/python tests/browser/screenshots.py out/screenshots

$(BENCH): $(INSTALLED)
	@$(PIP) install -r requirements/bench.txt -c requirements/bench.txt
	@touch $@

bench: $(BENCH)
	$(BIN)/python bench/run.py
	$(BIN)/python bench/report.py
	$(BIN)/python bench/frames.py
	@if [ -f site/assets/engine/pyodide.mjs ]; then $(BIN)/python bench/page.py; fi # the page for tables, once `make site` built it

pins:
	bash requirements/pin.sh "$(PYTHON)"
	"$(PYTHON)" requirements/parts.py

clean:
	rm -rf "$(VENV)" build dist site out .hypothesis .benchmarks .mypy_cache .pytest_cache .ruff_cache .coverage .coverage.*
