# Two commands for a fresh machine with Python 3.11 and make:
#   make run    install, validate, export CSV and JSON
#   make test   install with what the tests need, and run them all
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := download

.PHONY: run test check lint generate agreement coverage build clean

run: $(VENV)/.installed
	$(BIN)/shieldtalks validate
	rm -rf $(OUT) && mkdir $(OUT)
	$(BIN)/shieldtalks export csv -o $(OUT)/csv
	$(BIN)/shieldtalks export json -o $(OUT)/shieldtalks.json
	@echo "The tables are in $(OUT)/csv, all of them in one file in $(OUT)/shieldtalks.json."

test: $(VENV)/.developer
	$(BIN)/python -m pytest

# The fast tier: everything but the tests that build, install or run another reader.
check: lint
	$(BIN)/python -m pytest -m "not slow"

lint: $(VENV)/.developer
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

generate: $(VENV)/.developer
	$(BIN)/python -m shieldtalks.generate

agreement: $(VENV)/.developer
	$(BIN)/python curation/agreement.py

coverage: $(VENV)/.developer
	$(BIN)/python curation/coverage.py

build: $(VENV)/.developer
	$(BIN)/python -m build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.developer: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[reference]" --group dev
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) $(OUT) build dist
