# Two commands do all: `make run` and `make test`. Both set up what is missing first.

PYTHON := .venv/bin/python
export PATH := $(CURDIR)/.tools/bin:$(PATH)

.PHONY: help setup run train test test-rasa311 check bench clean

help:
	@echo "make run    set up what is missing, then start everything"
	@echo "make test   every test (training, service and installing tests apart)"
	@echo "make test-rasa311  the dialogue engine on Python 3.11, installed and tried (3 GB for a while)"
	@echo "make check  ruff, mypy, import-linter and the fast tests"
	@echo "make bench  print every figure of docs/benchmarks.md"

setup:
	@sh deploy/setup.sh

train: setup
	@$(PYTHON) -m bailing.cli train

run: train
	@$(PYTHON) -m bailing.cli up

test: train
	$(PYTHON) -m pytest -m "not train and not services and not install"

test-rasa311: setup
	$(PYTHON) -m pytest -s -m install

check: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) -m pytest -q -m "not train and not services and not install and not rasa and not browser and not neo4j"

bench: train
	$(PYTHON) -m bench.text_turn
	$(PYTHON) -m bench.upload_to_limit
	$(PYTHON) -m bench.memory
	$(PYTHON) -m bench.inspect_speed
	$(PYTHON) -m bench.decide_speed
	$(PYTHON) -m bench.graph_speed
	$(PYTHON) -m bench.quantities
	$(PYTHON) -m bench.nlu
	$(PYTHON) -m bench.set_up_time

clean:
	rm -rf .venv .venv-rasa .tools models var
