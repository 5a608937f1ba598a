# `make` lists what you can do. A fresh machine needs Python 3.11 or later, make and git.
PYTHON ?= python3
VENV := .venv
# polspec needs Python 3.12.
PEERS_PYTHON ?= python3.12
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
OUT := download
SPARK := build/spark
# The tests run in one process for each processor; JOBS=0 runs them in a single one, for a debugger.
JOBS := auto
PYTEST := $(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal
# Compiled modules are kept: without them, every program that a test starts takes twice as long.
unexport PYTHONDONTWRITEBYTECODE
ARTICLES := $(or $(SHIELDTALKS_ARTICLES),../shared/articles)

.DEFAULT_GOAL := help
.PHONY: help run test check lint docs page generate pictures agreement coders coverage differences build release clients \
  mutation draw peers bench fuzz spark release-rule freeze clean

# Before anything is made: is this Python new enough, and is .venv its own?
ifneq ($(filter-out help clean,$(MAKECMDGOALS)),)
WRONG := $(shell $(PYTHON) .ci/python.py $(VENV) || echo "$(PYTHON) does not run. Name another one: make PYTHON=python3.11")
$(if $(WRONG),$(error $(WRONG)))
endif

help: ## List the targets
	@echo "Targets:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "Another Python: make run PYTHON=python3.13"

run: $(VENV)/.installed ## Install, validate the record, export CSV and JSON into download/
	$(BIN)/shieldtalks validate
	rm -rf $(OUT) && mkdir $(OUT)
	$(BIN)/shieldtalks export csv -o $(OUT)/csv
	$(BIN)/shieldtalks export json -o $(OUT)/shieldtalks.json
	@echo "The tables are in $(OUT)/csv. All of them in one file: $(OUT)/shieldtalks.json."

test: $(VENV)/.developer $(VENV)/.clients ## Run all tests except those that need other programs
	$(PYTEST) -m "not client"

# The tests open every export with readers that others wrote, and the page in a browser.
# tests/clients/debian.txt lists the Debian packages that this needs, with the command of each.
clients: $(VENV)/.readers $(VENV)/.clients ## Run the tests that open every export with other programs
	$(BIN)/python -m pytest -m client

# The fast tier leaves out the tests that build, install, measure memory, run another reader or draw many
# examples. Of a test with many cases it runs some (the mark `sample`).
check: lint $(VENV)/.clients ## Lint, and run the fast tests
	$(PYTEST) -m "not slow and not client"

lint: $(VENV)/.developer ## Check style, types, workflows and licences
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/validate-pyproject pyproject.toml
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint --lines
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/pre-commit validate-manifest .pre-commit-hooks.yaml
	$(BIN)/actionlint
	$(BIN)/zizmor --offline --quiet .

generate: $(VENV)/.developer ## Write the schemas, the codebook and other generated files
	$(BIN)/python -m shieldtalks.generate

# Warnings are errors, the notebooks run, and every link inside the site leads somewhere.
docs: $(VENV)/.docs ## Make the documentation site in build/site/
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --fresh-env --quiet docs build/site
	@echo "Open build/site/index.html in a browser."

# The page with sql.js inside, so that its readers can ask in SQL.
page: $(VENV)/.installed $(VENV)/.clients ## Make the web page, with questions in SQL, in build/
	mkdir -p build
	$(BIN)/shieldtalks export html . --force -o build/shieldtalks.html \
	  --sql-js tests/clients/node_modules/sql.js/dist/sql-wasm-inline.js

pictures: $(VENV)/.installed ## Draw the picture of the README
	$(BIN)/python -m shieldtalks.exports.html.pictures

agreement: $(VENV)/.developer ## Write docs/agreement.md from the two codings
	$(BIN)/python curation/agreement.py

coders: $(VENV)/.developer ## Write data/coders.csv from the record and the two codings
	$(BIN)/python curation/coders.py
	$(BIN)/python -m shieldtalks fmt

coverage: $(VENV)/.developer ## Write docs/coverage.md (needs the articles)
	$(BIN)/python curation/coverage.py

differences: $(VENV)/.developer ## Write docs/frictionless-differences.md
	$(BIN)/python -m tests.tabular.checks.differences

build: $(VENV)/bin/python ## Build the wheel and the source distribution into dist/
	$(PIP) "build>=1.2"
	$(BIN)/python -m build

# The files of a release, with checksums and a release note.
release: $(VENV)/.developer ## Make all files of a release in dist/
	$(BIN)/python .ci/release.py dist
	$(BIN)/twine check --strict dist/*.whl dist/*.tar.gz
	$(BIN)/check-wheel-contents dist/*.whl
	cd dist && sha256sum --check --quiet SHA256SUMS

# Version, identifiers and changelog must fit what changed since the latest release.
release-rule: $(VENV)/.installed ## Compare the checkout with the last release
	$(BIN)/shieldtalks diff releases . --changelog CHANGELOG.md

# From then on, release-rule compares the checkout with this version.
freeze: $(VENV)/.installed ## Keep this version in releases/
	$(BIN)/shieldtalks export csv . -o releases/$$($(BIN)/shieldtalks --version | tr ' ' -).zip

# Not part of `test`: it takes minutes.
mutation: $(VENV)/.developer ## Break the data in many ways and count what the checks find (slow)
	$(BIN)/python -m tests.mutation $(if $(wildcard $(ARTICLES)),--articles "$(ARTICLES)")

# Each run of the tests draws few examples. In CI they are always the same ones.
draw: $(VENV)/.developer $(VENV)/.clients ## Run the tests with drawn data on twenty times as many examples (slow)
	SHIELDTALKS_DRAW=20 $(PYTEST) -m "hypothesis and not client"

peers: ## Install the other validators that the benchmarks measure (needs Python 3.12, PEERS_PYTHON=python3.12)
	$(PEERS_PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet -r benchmarks/peers.txt

bench: $(VENV)/.developer ## Measure speed against other tools (slow)
	$(BIN)/python benchmarks/run.py --rounds 3 --reference-limit 1000000 --write

fuzz: $(VENV)/.developer ## Fuzz descriptors, schemas and tables for two minutes
	$(PIP) atheris
	$(BIN)/python -m tests.tabular.fuzz -max_total_time=120

# The tests of `validate --engine spark` on Spark 4. `make clients` runs them on Sail. Spark needs Java 17 or later. If
# none is installed, a package of Debian is unpacked inside $(SPARK).
spark: $(SPARK)/.installed ## Run the tests of the Spark engine on Spark 4 (slow)
	$(SPARK)/bin/python -m tests.support.spark_server $(SPARK)/bin/python -m pytest -m client tests/clients/test_spark.py

$(SPARK)/.installed: pyproject.toml
	@echo "Installing Spark into $(SPARK) (this takes a few minutes) ..."
	@$(PYTHON) -m venv $(SPARK)
	@$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check -e ".[parquet]" --group spark
	@touch $@

$(VENV)/bin/python:
	@echo "Making the virtual environment $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing shieldtalks into $(VENV) (this takes a minute) ..."
	@$(PIP) -e .
	@touch $@

$(VENV)/.developer: $(VENV)/bin/python pyproject.toml
	@echo "Installing shieldtalks and what its tests need into $(VENV) (this takes a few minutes) ..."
	@$(PIP) --upgrade "pip>=25.1"
	@$(PIP) -e ".[all]" --group dev
	@touch $@ $(VENV)/.installed

# rocrate-validator has an environment of its own inside $(VENV), because it needs an older version of rich.
$(VENV)/.readers: $(VENV)/.developer tests/clients/roc-validator.txt
	@echo "Installing the programs that open the exports ..."
	@$(PIP) --group clients
	@$(BIN)/python -m venv $(VENV)/roc-validator
	@$(VENV)/roc-validator/bin/python -m pip install --quiet --disable-pip-version-check \
	  --requirement tests/clients/roc-validator.txt
	@touch $@

$(VENV)/.docs: $(VENV)/.developer
	@echo "Installing what makes the documentation site ..."
	@$(PIP) --group docs
	@touch $@

# Schemas and readers from npm. Without npm, or its registry, their tests are skipped and say so.
$(VENV)/.clients: $(VENV)/bin/python tests/clients/package.json
	@echo "Installing schemas and readers from npm into tests/clients ..."
	@if command -v npm >/dev/null && npm install --silent --no-audit --no-fund --no-package-lock \
	  --fetch-retries=1 --fetch-timeout=60000 --prefix tests/clients; \
	then touch $@; else echo "npm did not install them: the tests that need them are skipped"; fi

clean: ## Remove .venv and everything that was made
	rm -rf $(VENV) $(OUT) build dist
