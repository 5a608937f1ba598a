# Two commands for a fresh machine with Python 3.11 and make:
#   make run    install, validate, export CSV and JSON
#   make test   install with what the tests need, and run them all
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := download
ARTICLES := $(or $(SHIELDTALKS_ARTICLES),../shared/articles)

.PHONY: run test check lint generate pictures agreement coverage differences build release clients mutation bench fuzz release-rule freeze clean

run: $(VENV)/.installed
	$(BIN)/shieldtalks validate
	rm -rf $(OUT) && mkdir $(OUT)
	$(BIN)/shieldtalks export csv -o $(OUT)/csv
	$(BIN)/shieldtalks export json -o $(OUT)/shieldtalks.json
	@echo "The tables are in $(OUT)/csv, all of them in one file in $(OUT)/shieldtalks.json."

test: $(VENV)/.developer $(VENV)/.clients
	$(BIN)/python -m pytest -m "not client"

# Every export through readers that others wrote, and the page in a browser. The Debian packages that
# this needs are listed, with the command each brings, in tests/clients/debian.txt.
clients: $(VENV)/.readers $(VENV)/.clients
	$(BIN)/python -m pytest -m client

# The fast tier: everything but the tests that build, install or run another reader.
check: lint $(VENV)/.clients
	$(BIN)/python -m pytest -m "not slow and not client"

lint: $(VENV)/.developer
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

generate: $(VENV)/.developer
	$(BIN)/python -m shieldtalks.generate

pictures: $(VENV)/.installed
	$(BIN)/python -m shieldtalks.exports.html.pictures

agreement: $(VENV)/.developer
	$(BIN)/python curation/agreement.py

coverage: $(VENV)/.developer
	$(BIN)/python curation/coverage.py

differences: $(VENV)/.developer
	$(BIN)/python -m tests.tabular.checks.differences

build: $(VENV)/.developer
	$(BIN)/python -m build

# Every file of a release, with checksums and a release note, into dist/.
release: $(VENV)/.developer
	$(BIN)/python .ci/release.py dist
	$(BIN)/twine check --strict dist/*.whl dist/*.tar.gz
	$(BIN)/check-wheel-contents dist/*.whl
	cd dist && sha256sum --check --quiet SHA256SUMS

# The checkout against the latest release: version, identifiers, changelog.
release-rule: $(VENV)/.installed
	$(BIN)/shieldtalks diff releases . --changelog CHANGELOG.md

# Keep this version as it is published, for release-rule from now on.
freeze: $(VENV)/.installed
	$(BIN)/shieldtalks export csv . -o releases/$$($(BIN)/shieldtalks --version | tr ' ' -).zip

# Not part of `test`: minutes of work.
mutation: $(VENV)/.developer
	$(BIN)/python -m tests.mutation $(if $(wildcard $(ARTICLES)),--articles "$(ARTICLES)")

bench: $(VENV)/.developer
	$(BIN)/python benchmarks/run.py --rounds 3 --reference-limit 1000000 --write

fuzz: $(VENV)/.developer
	$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris
	$(BIN)/python -m tests.tabular.fuzz -max_total_time=120

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.developer: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[all]" --group dev
	touch $@ $(VENV)/.installed

$(VENV)/.readers: $(VENV)/.developer
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group clients
	touch $@

# Schemas and readers that come by npm; without npm, or its registry, their tests skip and say so.
$(VENV)/.clients: $(VENV)/bin/python tests/clients/package.json
	if command -v npm >/dev/null && npm install --silent --no-audit --no-fund --no-package-lock \
	  --fetch-retries=1 --fetch-timeout=60000 --prefix tests/clients; \
	then touch $@; else echo "npm did not bring tests/clients; the tests that need it will skip"; fi

clean:
	rm -rf $(VENV) $(OUT) build dist
