# make setup    the program in .venv
# make demo     made-up people, assessed: a table, a report, and whose bone drug is due
# make clinic   the clinic's pages in a browser, with made-up people; it prints who may sign in
# make test     every test that this machine can run, and a word on those that it cannot
# make bench    speed and memory, beside scripts in pandas and NumPy
# make lint     style, types, imports
# make docs     writes the manual in docs/
# make screenshots   a picture of every page of the clinic in screenshots/, and those of the README

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup setup-dev demo clinic screenshots test bench lint docs requirements clean

setup: $(VENV)/program

$(VENV)/program: requirements/program.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/program.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

setup-dev: $(VENV)/tools

$(VENV)/tools: $(VENV)/program requirements/tools.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/tools.txt
	touch $@

demo: setup
	$(BIN)/myosteon demo --folder demo
	@echo "Open demo/report.html in a browser; demo/due.csv lists whose bone drug is due, late denosumab first."

clinic: setup
	$(BIN)/myosteon serve --clinic-demo --database clinic/clinic.sqlite

screenshots: setup-dev
	$(BIN)/python docs/screenshots.py screenshots
	$(BIN)/python docs/screenshots.py --readme

test: setup-dev
	$(BIN)/python -m pytest tests benchmarks

bench: setup-dev
	$(BIN)/python benchmarks/run.py

lint: setup-dev
	$(BIN)/ruff check src tests benchmarks docs
	$(BIN)/ruff format --check src tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: setup-dev
	$(BIN)/python docs/generate.py

# Pins every part with its hash, after a change of requirements/*.in.
requirements: setup-dev
	cd requirements && for list in program tools; do \
	    ../$(BIN)/python -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-annotate --no-header \
	        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file $$list.txt $$list.in; done

clean:
	rm -rf $(VENV) demo clinic screenshots build dist
