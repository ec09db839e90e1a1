# Works with make 3.81 (macOS) and newer. Nothing here needs more than Python 3.11 or newer, make and git.
# Another Python: make install PYTHON=/path/to/python3

PYTHON ?=
UV ?= uv
BIN := .venv/bin

.PHONY: start install test lint types contracts bench nightly audit lock

start: install
	@$(BIN)/voice-guide models fetch
	@$(BIN)/voice-guide start --or-rehearse

install:
	@PYTHON="$(PYTHON)" sh tools/install.sh run

# The default transcriber as well as tiny.en, so that a test can rely on the small one.
test: install-dev
	@$(BIN)/voice-guide models fetch
	@$(BIN)/voice-guide models fetch tiny.en joe silero
	$(BIN)/pytest

.PHONY: install-dev
install-dev:
	@PYTHON="$(PYTHON)" sh tools/install.sh dev

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev
	$(BIN)/mypy

contracts: install-dev
	$(BIN)/lint-imports

# The figures of tests/bench/README.md: minutes, on a machine that does nothing else. SLOW=1: on a quarter of one
# core. PARTS="start turnaround evening" chooses, TIMES=9 repeats.
bench: install-dev
	@$(BIN)/voice-guide models fetch tiny.en joe silero
	$(BIN)/python -m tests.bench $(if $(filter-out 0,$(SLOW)),--slow) $(if $(TIMES),--times $(TIMES)) $(PARTS)

# An evening of 40 minutes in real time, or of MINUTES=10.
nightly: install-dev
	@$(BIN)/voice-guide models fetch
	@$(BIN)/voice-guide models fetch tiny.en joe silero
	VOICE_GUIDE_NIGHTLY_MINUTES=$(MINUTES) $(BIN)/pytest -m nightly tests/nightly

# What arrives with the program: versions and hashes, licences, bundled libraries, models; known vulnerabilities
# where a network allows.
audit: install
	@$(BIN)/python tools/audit.py

# For maintainers: needs uv. Every version and hash, for all systems and Python versions at once; dev.txt is
# resolved first and the others within it, so that the same package has the same version everywhere.
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock:
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: install it, or say where it is with UV=..." >&2; exit 1; }
	$(COMPILE) --upgrade --extra dev --extra echo pyproject.toml requirements/build.in -o requirements/dev.txt
	$(COMPILE) -c requirements/dev.txt --extra echo pyproject.toml -o requirements/run.txt
	$(COMPILE) -c requirements/dev.txt requirements/build.in -o requirements/build.txt
