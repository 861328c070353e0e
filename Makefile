# One command each for people and CI. Everything is installed into .venv, at the versions of requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site serve test check stats lint pull-request pages lock screenshots bench-check bench-hook bench-build bench-search clean

help:
	@echo "make site         check the notes and build the site into site/"
	@echo "make serve        preview the site; it follows what is edited"
	@echo "make test         run every test"
	@echo "make check        check the notes alone"
	@echo "make stats        count notes, links and tags, and say where the log is thin"
	@echo "make lint         ruff and mypy"
	@echo "make pull-request what CI tells a change that is for BASE=origin/main"
	@echo "make screenshots  take pictures of each kind of page into .cache/screenshots"
	@echo "make lock         write requirements.lock anew"
	@echo "make bench-check  time the check, against a bare script"
	@echo "make bench-hook   time the hook before a commit, against the program's bare start"
	@echo "make bench-build  time the build, against MkDocs and Material alone"
	@echo "make bench-search how high the right note stands, and what a search costs its reader"

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

site: $(VENV)/.ready
	$(BIN)/readinglog check
	$(BIN)/mkdocs build --quiet --strict
	@echo "The site is in site/. To look at it: $(BIN)/python -m http.server --directory site, then http://localhost:8000"

serve: $(VENV)/.ready
	$(BIN)/mkdocs serve

test: $(VENV)/.ready
	$(BIN)/python -m pytest -q --numprocesses auto

check: $(VENV)/.ready
	$(BIN)/readinglog check

stats: $(VENV)/.ready
	$(BIN)/readinglog stats

lint: $(VENV)/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# What CI runs for a pull request. Writes .cache/pull-request/summary.md and fixes.patch, and the site.
BASE ?= origin/main
pull-request: $(VENV)/.ready
	.ci/pull-request '$(BASE)'

# What CI publishes: unlike `site`, one bad note does not keep the others from it.
pages: $(VENV)/.ready
	$(BIN)/mkdocs build --quiet

# To be made with the oldest Python that is supported: newer releases of a package may ask for a newer one.
lock: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet pip-tools
	{ head -n 1 requirements.lock; $(BIN)/pip-compile --quiet --upgrade --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-annotate --no-header --extra dev --extra zensical --output-file - pyproject.toml; } > requirements.new
	mv requirements.new requirements.lock

screenshots: $(VENV)/.ready
	$(BIN)/python tests/screenshots.py

bench-check: $(VENV)/.ready
	$(BIN)/python benchmarks/check.py

bench-hook: $(VENV)/.ready
	$(BIN)/python benchmarks/hook.py

bench-build: $(VENV)/.ready
	$(BIN)/python benchmarks/build.py

bench-search: $(VENV)/.ready
	$(BIN)/python benchmarks/relevance.py
	$(BIN)/python benchmarks/search.py

clean:
	rm -rf $(VENV) site .cache
