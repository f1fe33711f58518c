# Two commands matter: `make run` starts the program, `make test` checks everything. Both prepare what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup run test lint format lock bench drill

setup:
	@sh config/setup.sh dev

run:
	@sh config/setup.sh run
	@$(BIN)/python -m config.run

test:
	@sh config/setup.sh test
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python -m tests.migrations_check

format:
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock:
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-dev.in -o requirements-dev.txt

bench:
	@sh config/setup.sh test
	@$(BIN)/python -m bench

drill:
	@sh config/setup.sh test
	@$(BIN)/python -m tests.ops.drill
