# Two commands do all: `make run` and `make test`. Both set up what is missing first.

PYTHON := .venv/bin/python
export PATH := $(CURDIR)/.tools/bin:$(PATH)

.PHONY: help setup run train test check bench clean

help:
	@echo "make run    set up what is missing, then start everything"
	@echo "make test   every test (training and service tests apart)"
	@echo "make check  ruff, mypy, import-linter and the fast tests"
	@echo "make bench  print every figure of docs/benchmarks.md"

setup:
	@sh deploy/setup.sh

train: setup
	@$(PYTHON) -m bailing.cli train

run: train
	@$(PYTHON) -m bailing.cli up

test: train
	$(PYTHON) -m pytest -m "not train and not services"

check: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) -m pytest -q -m "not train and not services and not rasa and not browser"

bench: train
	$(PYTHON) -m bench.decide_speed
	$(PYTHON) -m bench.inspect_speed
	$(PYTHON) -m bench.nlu

clean:
	rm -rf .venv .venv-rasa .tools models var
