# Every job has one door here; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check bench lock docs

help: ## list the jobs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 14

setup: ## environment, locked dependencies, stylesheet
	@$(PYTHON) tools/setup.py

demo: setup ## set up the fictional municipality, run the round, serve it
	@$(BIN)/waardig demo

serve: setup ## serve what is there
	@$(BIN)/waardig serve

test: ## all tests, browser included
	@$(PYTHON) tools/setup.py --browser --deploy --spark
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder --durations=40 --durations-min=5

check: setup ## format, lint, types, contracts, migrations, documentation
	@$(BIN)/python tools/check.py

bench: setup ## the tables of benchmarks/
	@$(BIN)/python -m benchmarks

docs: setup ## write the reference pages that are generated from the code
	@$(BIN)/python tools/reference.py

lock: ## renew the locks with hashes and without addresses
	@for set in run dev spark; do $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header \
	  --no-emit-index-url --quiet requirements/$$set.in -o requirements/$$set.txt; done
