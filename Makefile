# The few verbs of this project. Each installs first what it needs; a second time that takes no time.
PYTHON := .venv/bin/python
FAST := not model and not browser and not node

# Rasa would wait for a host that it cannot reach; SQLAlchemy would remind of version 2, which Rasa rules out.
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help install run test test-fast check train evaluate bench mutate lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

install: ## Python 3.10 and every package, into this checkout
	@bin/bootstrap

run: install ## prepare and start everything, until Ctrl-C
	@exec $(PYTHON) -m bot.launcher

test: check ## linters, types and every test
	@$(PYTHON) -m pytest

test-fast: install ## the tests that need no model, browser or Node.js
	@$(PYTHON) -m pytest -m "$(FAST)"

check: install ## linters and types; edits nothing
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

train: install ## train a model where none fits; prints where it is
	@$(PYTHON) -m bot.launcher train

evaluate: install ## how well the model understands: figures beside their bars, and a page (data/evaluation.html)
	@$(PYTHON) -m bot.evaluation --model "$$($(PYTHON) -m bot.launcher train)"

bench: install ## how many messages a second, how long each takes
	@$(PYTHON) -m tests.bench

mutate: install ## faults put in on purpose: does the test of every failure turn red
	@$(PYTHON) -m tests.mutations

lock: install ## pin anew what pyproject.toml asks for (the file names no host)
	@$$(command -v uv || echo .venv-tools/bin/uv) pip compile pyproject.toml --group dev --quiet \
	  --python-version 3.10 --python-platform x86_64-manylinux_2_28 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --output-file requirements.lock

clean: ## forget what was installed and made, but not the data directory
	@rm -rf .venv .venv-tools .python .cache .rasa .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
