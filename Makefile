# `make run` starts the demo, `make test` checks everything. Neither asks a question; both install what they need.
# The other targets: lint (the quick part of test), fuzz, faults, load, format, docs, screenshot, bench, clean.

PORT ?= 8501
TESTS ?= tests
BEICHA_FUZZ_SECONDS ?= 60
PYTHON ?= $(shell command -v python3.11 || command -v python3)

PY := .venv/bin/python
PINS := $(shell cat requirements.txt constraints.txt | cksum | cut -d' ' -f1)
DEV_PINS := $(shell cat requirements*.txt constraints.txt | cksum | cut -d' ' -f1)
# The names of these two carry the content of the requirements, so that a change installs again and nothing else does.
INSTALLED := .venv/installed-$(PINS)
DEV_INSTALLED := .venv/installed-dev-$(DEV_PINS)

# Progress is told to a person at a terminal, not to a log.
NOTE = test ! -t 2 || echo >&2
IS_ROOT_ON_DEBIAN = test "$$(id -u)" = 0 && command -v apt-get >/dev/null
APT_INSTALL = apt-get update -qq >/dev/null && \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

.PHONY: run test fuzz faults load lint format docs screenshot bench clean tools
.DEFAULT_GOAL := run
MAKEFLAGS += --no-print-directory
export PYTHONUNBUFFERED := 1

run: $(INSTALLED)
	@$(PY) manage.py demo >/dev/null
	@exec $(PY) manage.py serve --demo --port $(PORT)

# The tests' databases lie in memory where 4 GB of it are offered as files: a new one is ten times as quick there.
ROOMY = test "$$(df -k --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 4000000 2>/dev/null

# One more than there are cores, as whoever drives a browser waits for it half of the time; four at most.
WORKERS = $(shell cores=$$(nproc 2>/dev/null || echo 2); echo $$((cores < 3 ? cores + 1 : 4)))

# Files are handed out as tests/conftest.py orders them, not those with the most tests first.
test: tools lint
	@if $(ROOMY); then export TMPDIR=/dev/shm; fi; \
	$(PY) -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

# Files that nobody has tried before, made by chance; a longer time for each such test: make fuzz BEICHA_FUZZ_SECONDS=600
fuzz: $(DEV_INSTALLED)
	@BEICHA_FUZZ_SECONDS=$(BEICHA_FUZZ_SECONDS) $(PY) -m pytest -q -m fuzz $(TESTS)

# Processes killed, disks filled, databases stopped, with figures; some ten minutes (docs/faults.md).
faults: tools $(DEV_INSTALLED)
	@$(PY) -m tests.faults

# Many people at once, beside plain Streamlit; some twenty minutes (docs/operations.md).
load: tools $(DEV_INSTALLED)
	@$(PY) -m benchmarks.load

lint: $(DEV_INSTALLED)
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

format: $(DEV_INSTALLED)
	@$(PY) -m ruff check --fix --select I .
	@$(PY) -m ruff format .

# The pages under docs/ that are made from the code.
docs: $(DEV_INSTALLED)
	@$(PY) -m docs.tables

screenshot: tools $(DEV_INSTALLED)
	@$(PY) -m docs.screenshot
	@$(PY) -m docs.walk

bench: $(DEV_INSTALLED)
	@$(PY) -m benchmarks

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(INSTALLED): | .venv/bin/pip
	@$(NOTE) "Installing the requirements (once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-input -r requirements.txt
	@rm -f .venv/installed-[0-9]* && touch $@

$(DEV_INSTALLED): | .venv/bin/pip
	@$(NOTE) "Installing what tests need (once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-input -r requirements-dev.txt
	@rm -f .venv/installed-* && touch $@ $(INSTALLED)

# pip comes last into a new environment, so a half-made one is made again.
.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.version_info[:2] == (3, 11) or sys.exit("Python 3.11 is needed: make PYTHON=/path/to/python3.11 ...")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(IS_ROOT_ON_DEBIAN) && $(APT_INSTALL) python3-venv >/dev/null; } || \
		{ echo >&2 "This Python makes no environments. As root: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear .venv

# Browser, database, nginx and Chinese fonts for the tests, from the system's packages where they are missing.
tools:
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v pg_ctl >/dev/null || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || missing="$$missing postgresql"; \
	command -v nginx >/dev/null || test -x /usr/sbin/nginx || missing="$$missing nginx-light"; \
	fc-list :lang=zh 2>/dev/null | grep -q . || missing="$$missing fontconfig fonts-noto-cjk"; \
	test -z "$$missing" && exit 0; \
	$(IS_ROOT_ON_DEBIAN) || { echo >&2 "Missing:$$missing. As root: apt-get install$$missing"; exit 1; }; \
	$(NOTE) "Installing$$missing ..."; \
	$(APT_INSTALL) $$missing >/dev/null
