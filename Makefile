# People and CI use the same commands. Everything is installed into .venv, at the versions in requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_BIN := node_modules/.bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site docs serve test test-slow check stats lint pull-request pages lock screenshots bench-build bench-serve bench-check bench-hook bench-search bench-pages fuzz dist test-install clean

help:
	@echo "make site         check the notes and build the site into site/"
	@echo "make docs         build the guide into site/help, after the site"
	@echo "make serve        preview the site at http://localhost:8000; pages follow what you save"
	@echo "make test         run all tests but a few that take long"
	@echo "make test-slow    run those that take long, as CI does"
	@echo "make check        check the notes"
	@echo "make stats        count works, links and tags, and list the gaps"
	@echo "make lint         run ruff and mypy, and (with Node) Biome and TypeScript"
	@echo "make pull-request run the checks of a pull request against BASE=origin/main"
	@echo "make screenshots  take a screenshot of each kind of page"
	@echo "make dist         build the wheel and the sdist into dist/"
	@echo "make test-install install them with all they need, and begin a log with them"
	@echo "make lock         update requirements.lock and package-lock.json"
	@echo "make bench-build  measure the build, also after an edit, against MkDocs with Material alone"
	@echo "make bench-serve  measure the preview, from a save to the page, against mkdocs serve"
	@echo "make bench-check  measure the check, also after an edit, against a minimal script"
	@echo "make bench-hook   measure the pre-commit hook against the start of the program"
	@echo "make bench-search measure search quality and the index"
	@echo "make bench-pages  measure each kind of page with Lighthouse, which is downloaded"
	@echo "                  COUNT='1000 10000' and SEED=… for the made-up notes, NOTES=… for a folder"
	@echo "make fuzz         read texts at random for SECONDS=60; SEED=… reads the same again"
	@echo "make clean        delete .venv, the site and all caches"

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is required. To choose one: make PYTHON=python3.12 …"; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/python -m compileall -q src  # which Python may not do by itself, if it is set up so
	@touch $@

site: $(VENV)/.ready
	$(BIN)/readinglog check
	HELP=help/ $(BIN)/mkdocs build --quiet --strict
	@$(MAKE) --no-print-directory docs
	@echo "The site is in site/. To view it, run $(BIN)/python -m http.server --directory site and open http://localhost:8000"

# The guide, a log of its own, beside the site.
docs: $(VENV)/.ready
	$(BIN)/python docs/make_reference.py
	$(BIN)/readinglog check docs/guide
	$(if $(SITE_URL),HELP_URL='$(SITE_URL:%/=%)/help/' )$(BIN)/mkdocs build --quiet --strict --config-file docs/mkdocs.yml

serve: $(VENV)/.ready
	$(BIN)/readinglog serve

test: $(VENV)/.ready
	$(BIN)/python -m pytest -q --numprocesses auto --dist worksteal -m 'not slow'

test-slow: $(VENV)/.ready
	$(BIN)/python -m pytest -q --numprocesses auto --dist worksteal -m slow

check: $(VENV)/.ready
	$(BIN)/readinglog check

stats: $(VENV)/.ready
	$(BIN)/readinglog stats

node_modules/.ready: package.json package-lock.json .npmrc
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

lint: $(VENV)/.ready node_modules/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(NODE_BIN)/biome ci
	$(NODE_BIN)/tsc

# Also runs in CI. Writes .cache/pull-request/summary.md, fixes.patch and the site.
BASE ?= origin/main
pull-request: $(VENV)/.ready
	$(BIN)/readinglog review -- '$(BASE)'

# CI publishes this. Unlike `site`, it does not fail if a note has an error.
pages: $(VENV)/.ready
	HELP=help/ $(BIN)/mkdocs build --quiet
	@$(MAKE) --no-print-directory docs

# The locks name no registry: `sed` removes the addresses that npm adds. Run this with the oldest supported Python, so that every
# pinned version works there.
lock: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet pip-tools
	{ head -n 1 requirements.lock; $(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-annotate --no-header --extra dev --extra zensical --output-file - pyproject.toml; } > requirements.new
	mv requirements.new requirements.lock
	npm update --package-lock-only --ignore-scripts --no-audit --no-fund
	sed -i '/"funding": {/,/}/d' package-lock.json

dist: $(VENV)/.ready
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist .

# As `make test-slow` does, but with nothing installed before: this downloads every dependency.
test-install: $(VENV)/.ready
	READINGLOG_FULL_INSTALL=1 $(BIN)/python -m pytest -q tests/repository/test_distribution.py

screenshots: $(VENV)/.ready
	$(BIN)/python tests/screenshots.py

# With made-up notes, so many as COUNT says and by SEED, or a new seed each time; or with the notes of the folder NOTES.
COUNT ?= 1000 10000

bench-build bench-serve bench-check bench-hook: bench-%: $(VENV)/.ready
	$(BIN)/python benchmarks/$*.py $(COUNT)

bench-search: $(VENV)/.ready
	$(BIN)/python benchmarks/relevance.py
	$(BIN)/python benchmarks/search.py $(COUNT)

# Lighthouse is large, and nothing else needs it.
benchmarks/lighthouse/node_modules/.ready: benchmarks/lighthouse/package.json benchmarks/lighthouse/package-lock.json
	cd benchmarks/lighthouse && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

bench-pages: $(VENV)/.ready benchmarks/lighthouse/node_modules/.ready
	$(BIN)/python benchmarks/pages.py

SECONDS ?= 60
SEED ?=

fuzz: $(VENV)/.ready
	$(BIN)/python tests/fuzz.py $(SECONDS) $(SEED)

clean:
	rm -rf $(VENV) node_modules site dist .cache
