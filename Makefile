# The commands of this project. `make` lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
WHEELS := target/wheels

# Cargo builds against the same Python as the wheel, and the checkers look into the same environment.
export PYO3_PYTHON := $(CURDIR)/$(BIN)/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

SOURCES := Cargo.toml Cargo.lock pyproject.toml README.md LICENSE \
	$(shell find src python -name '*.rs' -o -name '*.py' -o -name '*.pyi' -o -name py.typed)
ALLOWED := tests/typing/stubtest_allowlist.txt
TYPED := python examples tests/typing/surface.py $(wildcard benches)
RUST_TESTS := $(shell grep -rlF '\#[test]' src)

# What `make fuzz` runs; the seed is printed.
PROGRAMS ?= 2000000
SEED ?= $(shell date +%s)

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test build develop lint format rust types pytest fuzz bench clean
.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## play through the leaderboard, then count the words of Python's own library
	@$(BIN)/python examples/leaderboard.py
	@echo
	@$(BIN)/python examples/word_count.py </dev/null

test: lint types rust pytest ## build everything and run every check there is

build: $(VENV)/built ## build the wheel and install it into .venv

develop: $(VENV)/group-build ## build without optimisation into .venv, for a quick look
	@rm -f $(VENV)/built
	@$(BIN)/maturin develop --quiet

lint: $(VENV)/group-build $(VENV)/group-lint ## check style: rustfmt, clippy, ruff
	@cargo fmt --check && echo "rustfmt: clean"
	@cargo clippy --quiet --locked --all-targets -- --deny warnings && echo "clippy: clean"
	@$(BIN)/ruff check --quiet && $(BIN)/ruff format --quiet --check && echo "ruff: clean"

format: $(VENV)/group-lint ## put the sources into their standard form
	@cargo fmt
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

types: build $(VENV)/group-types $(VENV)/group-tools $(VENV)/group-bench ## check types: mypy, basedpyright, and the stubs against the module
	@$(BIN)/mypy --no-error-summary $(TYPED) && echo "mypy: clean"
	@$(BIN)/basedpyright --level error >$(VENV)/basedpyright.log || { cat $(VENV)/basedpyright.log; false; }
	@echo "basedpyright: clean"
	@$(BIN)/stubtest --mypy-config-file pyproject.toml --allowlist $(ALLOWED) entrymap >$(VENV)/stubtest.log || { cat $(VENV)/stubtest.log; false; }
	@echo "stubtest: clean"
# It looks for the installed package in the Python that comes first on the path, whatever the settings say.
	@PATH="$(CURDIR)/$(BIN):$$PATH" basedpyright --verifytypes entrymap --ignoreexternal >$(VENV)/verifytypes.log || { cat $(VENV)/verifytypes.log; false; }
	@echo "verifytypes: 100 %"

rust: $(VENV)/group-build ## run the tests written in Rust
	@$(if $(RUST_TESTS),cargo test --quiet --locked,echo "cargo test: nothing in Rust to test")

pytest: build $(VENV)/group-test $(VENV)/group-types $(VENV)/group-tools ## run the tests
	@$(BIN)/pytest --quiet

fuzz: build $(VENV)/group-test ## run random lives and programs for an hour (PROGRAMS=n, SEED=n)
	@$(BIN)/pytest --quiet --hypothesis-profile=nightly tests/test_model.py tests/test_state_machine.py
	@$(BIN)/python tests/programs.py $(PROGRAMS) $(SEED)

bench: build $(VENV)/group-bench ## time it against what people use today
	@$(BIN)/python benches/run.py $(ARGS)

clean: ## remove everything that was built
	@rm -rf target $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# pip installs dependency groups from 25.1 on, and Python 3.11 brings an older one.
$(VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "entrymap needs Python 3.11 or newer: make PYTHON=...")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet 'pip==26.3'
	@touch $@

$(VENV)/group-%: pyproject.toml $(VENV)/pip
	@$(BIN)/python -m pip install --quiet --group $*
	@touch $@

$(VENV)/built: $(SOURCES) $(VENV)/group-build
	@command -v cargo >/dev/null || { echo "entrymap needs Rust: https://rustup.rs"; false; }
	@rm -rf $(WHEELS)
	@$(BIN)/maturin build --quiet --release --locked --interpreter $(BIN)/python --out $(WHEELS)
	@$(BIN)/python -m pip install --quiet --force-reinstall --no-deps $(WHEELS)/*.whl
	@touch $@
