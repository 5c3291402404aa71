# Everything is one word: `make` lists the words. PYTHON names another Python, PORT another port.
PYTHON ?= python3
SET_UP = @command -v $(PYTHON) >/dev/null || { echo "Commonweal needs Python 3.11 or newer and there is no $(PYTHON): install one, or name it: make run PYTHON=..."; exit 1; }; \
	exec $(PYTHON) -m commonweal.frontends.cli.bootstrap
COMMONWEAL = @.venv/bin/python -m commonweal.frontends.cli.main
PYTEST = .venv/bin/python -m pytest
# Containers often forbid compiled files: then each of the many processes that the tests start compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE
# What is quick enough to run on the older PostgreSQL as well.
QUICK = commonweal tests/invariants

.DEFAULT_GOAL := help
.PHONY: help run test check unit touched journeys bench pictures docs demo lock clean set-up-run set-up-tests

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ## start the site (PORT=8000), the first time from nothing; Ctrl-C stops it
	$(SET_UP) run

test: set-up-tests ## run everything: checks, unit tests, invariants, journeys, faults, migrations
	@.venv/bin/python -m commonweal.frontends.cli.bootstrap.checks
	@[ -n "$$DATABASE_URL" ] || COMMONWEAL_POSTGRES=16 $(PYTEST) -q -n 2 $(QUICK)
	@$(PYTEST) -n 2 --dist loadfile

check: set-up-tests ## format, lint, types, imports, rules, migrations, fresh documents: under 20 seconds
	@.venv/bin/python -m commonweal.frontends.cli.bootstrap.checks

unit: set-up-tests ## the unit tests alone; ONLY=commonweal/capabilities/cases those of a folder or file
	@$(PYTEST) -q -n 2 $(or $(ONLY),commonweal)

touched: set-up-tests ## the unit tests of what you changed since origin/main, and of what imports it
	@.venv/bin/python -m tests.keepers.touched

journeys: set-up-tests ## the journeys in a real browser
	@$(PYTEST) -n 2 --dist loadfile tests/journeys

bench: set-up-tests ## what things cost, in a table and in var/bench.json
	@.venv/bin/python -m tests.benchmarks

pictures: set-up-tests ## photograph the README's tour from the demonstration that runs at PORT
	@.venv/bin/python -m tests.journeys.pictures

docs: set-up-run ## write the documents that are made from the code
	$(COMMONWEAL) docs

demo: set-up-run ## throw the data away and load the demo anew
	$(COMMONWEAL) demo

lock: ## lock the Python and the npm packages anew
	$(SET_UP) lock

clean: ## remove what was installed and built; the data in var stays
	rm -rf .venv node_modules assets/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

set-up-run:
	$(SET_UP) install

set-up-tests:
	$(SET_UP) tests
