# Everything is installed into .venv beside this file, from uv.lock; set-up is skipped while both stay as they are.
# The only thing installed for the whole machine are the Debian packages in SYSTEM, and only those that are missing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV_VERSION := 0.13.9
SYSTEM := python3-venv fonts-croscore tesseract-ocr tesseract-ocr-vie libreoffice-writer
#: The browser in which the tests open the graph page; nobody needs it to use vanthu.
TEST_SYSTEM := chromium postgresql
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
FIND_PYTHON := for p in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done; \
	echo 'vanthu needs Python 3.11 or newer (make PYTHON=/path/to/python3 …)' >&2; exit 1

.PHONY: help setup system demo test lint types unit floors bench fuzz docs format clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

setup: $(READY) ## .venv with everything in uv.lock

# uv reads the lock directly; where only pip's own settings reach an index, pip installs the same pinned, hashed list.
$(READY): pyproject.toml uv.lock
	@python=$$($(FIND_PYTHON)); \
	$$python -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory system; \
	[ -x $(BIN)/python ] || $$python -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --quiet --frozen --inexact --all-extras --compile-bytecode || { \
		$(BIN)/uv export --quiet --frozen --all-extras --no-emit-project --output-file $(VENV)/requirements.txt; \
		$(BIN)/python -m pip install --quiet --require-hashes --requirement $(VENV)/requirements.txt; \
		$(BIN)/python -m pip install --quiet --no-deps --editable .; }
	@touch $@

system: ## Debian packages: venv, Tesseract with Vietnamese, LibreOffice Writer, a font with Vietnamese letters for test PDFs
	@missing=$$(for p in $(SYSTEM); do \
		dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done | xargs); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if command -v apt-get >/dev/null; then \
		$(SUDO) apt-get update --quiet && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $$missing; \
	else \
		echo "No apt-get here. Install what these Debian packages hold: sudo apt-get install -y $$missing" >&2; \
	fi

demo: system $(READY) ## read the documents of the corpus into outputs/demo
	$(BIN)/vanthu run corpus/documents --out outputs/demo

test: SYSTEM += $(TEST_SYSTEM)
test: system lint types unit floors ## all checks, as on the build machine

lint: $(READY) ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## mypy --strict over extractors and pipeline
	$(BIN)/mypy

unit: $(READY) ## pytest
	$(BIN)/python -m pytest

floors: $(READY) ## scores on corpus/gold, never below corpus/floors.json
	$(BIN)/vanthu evaluate

bench: $(READY) ## ratios to bare reading on generated dispatches (make bench COUNT=… FOLDER=… for more)
	$(BIN)/python tests/benchmarks/ratios.py $(COUNT)
	$(BIN)/python tests/benchmarks/speed.py $(FOLDER)
	$(BIN)/python tests/benchmarks/pages.py $(or $(FOLDER),corpus/documents)

fuzz: $(READY) ## damage files and texts for MINUTES=5 and see that nothing breaks (finds go to outputs/fuzz)
	cd tests && ../$(BIN)/python -W ignore -m fuzzing --minutes $(or $(MINUTES),5) --out ../outputs/fuzz

docs: SYSTEM += chromium libreoffice-calc
docs: demo ## draw docs/images anew and write docs/commands.md
	$(BIN)/python docs/images/draw.py outputs/demo
	$(BIN)/python -m typer pipeline.cli utils docs --name vanthu --output docs/commands.md

format: $(READY) ## let ruff rewrite
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove results and caches; .venv stays
	find outputs -mindepth 1 -not -name README.md -delete
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find extractors pipeline tests -name __pycache__ -prune -exec rm -rf {} +
