# Two commands do everything, set-up included: `make report` and `make test`.
PYTHON ?= python3
STORY ?= data/iran-letters
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
export UV_CACHE_DIR ?= $(CURDIR)/$(VENV)/uv-cache
export npm_config_cache ?= $(CURDIR)/$(VENV)/npm-cache

.PHONY: report test check bench fuzz sbom audit lab classroom picture lock clean chromium

report: $(READY)
	@$(BIN)/timeline report $(STORY)

test: $(READY) chromium
	TIMELINE_FUZZ_SECONDS=20 $(BIN)/python -m pytest -n 2 --dist worksteal -q
	$(BIN)/python -m pytest -n 2 --dist loadfile -q --nbval notebooks

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist worksteal -q -m "not slow and not browser and not benchmark" \
	  --ignore=tests/trust --ignore=tests/archive

bench: $(READY)
	-test -f benchmarks/out/reuters-21578.json || $(BIN)/python benchmarks/newswire.py
	for script in benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

# Ten minutes for each reader of strangers' input; FUZZ=30 for less.
FUZZ ?= 600
fuzz: $(READY)
	$(BIN)/python benchmarks/fuzz.py --seconds $(FUZZ)

# What the product is made of, as CycloneDX JSON: make -s sbom > sbom.json
sbom: $(READY)
	@$(BIN)/python .ci/sbom.py

# Known vulnerabilities of the locked packages, from PyPI; needs the network, and fails where a package is not found.
audit: $(READY)
	$(BIN)/uv tool run pip-audit --strict --disable-pip --require-hashes -r requirements.lock

# From the clone's own folder, so that reports/ can be reached beside notebooks/.
lab: $(READY)
	$(BIN)/jupyter lab --ServerApp.root_dir=$(CURDIR) --LabApp.default_url=/lab/tree/notebooks/iran_letters.ipynb

# The pupils' copy, without answers, and the slides.
classroom: $(READY)
	@mkdir -p reports
	@$(BIN)/python -m timeline.notebook.student notebooks/classroom.ipynb reports/classroom-student.ipynb
	@$(BIN)/jupyter nbconvert --log-level=ERROR --to timeline_slides notebooks/classroom.ipynb --output-dir reports
	@echo reports/classroom.slides.html

# The environment: nothing outside $(VENV) is touched, and a second run finds it ready.
$(READY): requirements.lock pyproject.toml hatch_build.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

# The README's picture, drawn from the example story.
picture: $(READY)
	$(BIN)/python -c "import timeline, timeline.drawing as d; from pathlib import Path; \
	  Path('.github/timeline.svg').write_text(d.svg(timeline.read_story('data/iran-letters').events, width=900))"

lock:
	$(BIN)/uv pip compile pyproject.toml --quiet --all-extras --universal --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	  --custom-compile-command "make lock" -o requirements.lock

# The browser tests use a real Chromium; elsewhere than on Debian, say what is missing.
chromium:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then \
	  sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else echo "The browser tests need Chromium: install the package 'chromium' (Debian, Fedora, Homebrew) and run again."; exit 1; fi

clean:
	rm -rf $(VENV) reports build dist
