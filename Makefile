# Zhanynda. `make` alone says what can be done here.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-header pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help install sandbox run check test chaos format lock clean

help: ## say what can be done here
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "make %-9s %s\n", $$1, $$2 }'

install: $(INSTALLED) ## make .venv with the very versions of requirements-dev.txt

# Again only when the lock has changed. Some systems ship Python without ensurepip: then their own pip fills .venv.
$(INSTALLED): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11")'
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
		{ $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(INSTALLED)

sandbox: install ## the whole hotline and a Telegram of its own in the browser; no account, no token
	$(BIN)/python -m sandbox

run: install ## the hotline itself, as .env says
	$(BIN)/zhanynda run

check: install ## is everything there that a hotline needs? each line says ok or what to mend
	$(BIN)/zhanynda check

test: install ## everything: lint, format, types, imports, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

# Real processes, real HTTP, nothing beyond this machine. A test that hangs for half an hour ends the run.
chaos: install ## kill, freeze and cut it off a hundred times on both databases, for about an hour
	ZHANYNDA_CHAOS_ROUNDS=100 ZHANYNDA_CHAOS_FIGURES=$(CURDIR)/benchmarks/README.md $(BIN)/python -m pytest -n 0 -v \
		-o faulthandler_timeout=1800 -o faulthandler_exit_on_timeout=true tests/processes

format: install ## bring the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: install ## choose the newest versions pyproject.toml allows and write both requirement files
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --output-file requirements-dev.txt

clean: ## remove .venv and every cache; data/ and .env stay
	rm -rf .venv *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
