# Everything a newcomer needs: `make run`, `make test`, `make check`. `make help` lists all.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# A process that compiles everything anew takes twice as long to start.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
CHECKING := .venv-checking
BIN := $(VENV)/bin
LOCK := requirements.lock
TEST_LOCK := requirements-development.lock
CHECKING_LOCK := requirements-checking.lock
CHROMIUM ?= $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))
PYTEST := PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(BIN)/python -m pytest -p pytest_playwright.pytest_playwright -p xdist.plugin -p _hypothesis_pytestplugin

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: $(VENV)/installed ## Run the demonstration on http://localhost:8000 (PORT=9000 changes it)
	@exec $(BIN)/trellis run --port $(PORT)

reset: $(VENV)/installed ## Forget everything the demonstration has stored
	@$(BIN)/trellis reset --yes

test: $(VENV)/tested browser node ## Run every test: house, unit, integration, attacks, journeys
	$(PYTEST) tests/house tests/unit -q
	$(PYTEST) tests/integration tests/attacks tests/providers tests/journeys -q -n 3 --dist loadfile

quick: $(VENV)/tested ## Run the tests that need neither database nor browser
	$(PYTEST) tests/house tests/unit -q

check: lint weaknesses audit ## Lint, types, migrations, weaknesses; OFFLINE=1 leaves the advisories out

lint: $(VENV)/tested ## Lint, types, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/squawk --config .squawk.toml migrations/versions/*.sql

weaknesses: $(CHECKING)/installed ## bandit, and semgrep with the rules of this house
	$(CHECKING)/bin/bandit -q -ll -r $(TREES)
	$(SEMGREP) --test tests/house/rules
	$(SEMGREP) --config tests/house/rules --error --quiet $(TREES)

# It asks the package index about every package; it fails when nobody answers.
audit: $(if $(OFFLINE),,$(CHECKING)/installed) ## Known weaknesses of the packages we install
	@if [ -n "$(OFFLINE)" ]; then echo "OFFLINE is set: no package was audited. Run make audit where the index answers."; \
	else $(CHECKING)/bin/python -m tests.audit || { echo "make check OFFLINE=1 does everything else."; exit 1; }; fi

TREES := app referrals directory config migrations
SEMGREP = PATH="$(CURDIR)/$(CHECKING)/bin:$$PATH" SEMGREP_ENABLE_VERSION_CHECK=0 semgrep scan --metrics=off --disable-version-check

schemathesis: $(VENV)/tested $(CHECKING)/installed ## Try to break the open data with made-up questions
	SCHEMATHESIS_EXAMPLES=200 $(PYTEST) tests/attacks/test_schemathesis.py -q

# Each provider is installed in an environment of its own, under var/.
interoperability: $(VENV)/tested node ## Sign in through providers that others wrote
	$(PYTEST) tests/interoperability tests/providers/test_npm_provider.py -q

bench: $(VENV)/tested ## Measure speed at 2,000 and 200,000 referrals, 1,000 and 100,000 services
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.directory

drill: $(VENV)/tested ## Pull the plug: kill, fail over, restore, upgrade … (DRILL="kill standby" chooses)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null && \
	  { ! ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || ! command -v pgbouncer > /dev/null; }; then \
	  apt-get update -q && apt-get install -yq --no-install-recommends postgresql pgbouncer; fi
	$(BIN)/python -m tests.drills $(DRILL)

lock: $(VENV)/uv ## Refresh the locked versions (hashes, no hosts)
	$(BIN)/uv pip compile pyproject.toml --extra demonstration $(LOCK_OPTIONS) -o $(LOCK)
	$(BIN)/uv pip compile pyproject.toml --extra demonstration --extra development $(LOCK_OPTIONS) -c $(LOCK) -o $(TEST_LOCK)
	$(BIN)/uv pip compile --group checking $(LOCK_OPTIONS) --python-version 3.11 -o $(CHECKING_LOCK)

LOCK_OPTIONS := --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q

clean: ## Remove what was installed and made, the demonstration's data included
	@if [ -x $(BIN)/trellis ]; then $(BIN)/trellis reset --yes; fi
	rm -rf $(VENV) $(CHECKING) var tests/node_modules tests/attacks/observatory/node_modules

$(VENV)/uv:
	@$(PYTHON) -m venv --clear $(VENV) > /dev/null 2>&1 || { \
	  echo "Python's venv module is missing; installing it"; \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -yq python3-venv; \
	  else sudo apt-get update -q && sudo apt-get install -yq python3-venv; fi; \
	  $(PYTHON) -m venv --clear $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@touch $@

$(VENV)/installed: $(LOCK) pyproject.toml | $(VENV)/uv
	@echo "Installing …"
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(LOCK)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

$(VENV)/tested: $(TEST_LOCK) $(VENV)/installed
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(TEST_LOCK)
	@touch $@

# These tools want other versions of what the application uses: a folder of their own.
$(CHECKING)/installed: $(CHECKING_LOCK) | $(VENV)/uv
	@echo "Installing the tools that look for weaknesses …"
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(CHECKING)
	$(BIN)/uv pip install --quiet --python $(CHECKING)/bin/python --require-hashes -r $(CHECKING_LOCK)
	@touch $@

browser: $(VENV)/tested
	@if [ -n "$(CHROMIUM)" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  apt-get update -q && apt-get install -yq --no-install-recommends chromium fonts-liberation; \
	else $(BIN)/playwright install chromium; fi

# None of these packages needs a script of its own to be installed; some would fetch things.
node: ## Install what the tests take from npm, where npm is
	@if command -v npm > /dev/null; then \
	  for folder in tests tests/attacks/observatory; do ( cd $$folder; \
	    [ -d node_modules ] && [ node_modules -nt package-lock.json ] || \
	    { npm ci --silent --ignore-scripts --omit=optional && touch node_modules; } ); done; \
	else echo "npm is not here: tests that need it are skipped"; fi

.PHONY: help run reset test quick check lint weaknesses audit schemathesis interoperability bench drill lock clean browser node
