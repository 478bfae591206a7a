# Two commands do all: `make publish` and `make test`. `make help` lists the rest.
# The package index is the environment's own (PIP_INDEX_URL, pip.conf); versions are locked in requirements*.txt.

PYTHON ?= python3
PIPELINE ?= pipelines/sample.toml
SECONDS ?= 1200
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PYTHONPATH := $(CURDIR)/src

.DEFAULT_GOAL := help
.PHONY: help publish verify test check lint format types docs bench fuzz lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s  %s\n", $$1, $$2}' Makefile

publish: .venv/ready ## set up and publish PIPELINE (the sample by default) into output/
	$(BIN)/opendata publish $(PIPELINE)

verify: .venv/ready ## prove the releases in output/
	$(BIN)/opendata verify output

test: .venv/ready-dev ## set up and run all tests
	$(BIN)/python -m pytest -n auto

check: .venv/ready-dev format lint types test ## format, lint, type-check and test

format: .venv/ready-dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only --quiet .

lint: .venv/ready-dev ## lint the code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/ready-dev ## type-check strictly
	$(BIN)/mypy

docs: .venv/ready-dev ## write the generated pages anew, and what the others show
	$(BIN)/python -m opendata.model.dictionary docs
	$(BIN)/python -m opendata.check.rules_page docs
	$(BIN)/python -m tests.docs.snippets

bench: .venv/ready-dev ## measure against the baseline (minutes)
	$(BIN)/python benchmarks/run.py

fuzz: .venv/ready-fuzz ## fuzz every reader for SECONDS (1200), guided by coverage
	$(BIN)/python -m fuzz.run --seconds $(SECONDS)

lock: .venv/ready-dev ## lock the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --upgrade pyproject.toml --extra formats --group build -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --upgrade pyproject.toml --extra formats --group build --group dev -c requirements.txt -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --upgrade --group fuzz -o requirements-fuzz.txt

clean: ## remove the environment and caches (not output/)
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .fuzz

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 … / 需要 Python 3.11 或更高版本" >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/ready: requirements.txt pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

.venv/ready-fuzz: requirements-fuzz.txt .venv/ready-dev
	$(PIP) --require-hashes -r requirements-fuzz.txt
	@touch $@
