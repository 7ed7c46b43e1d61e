# `make run` shows Callwright at work; `make test` proves it. Every target does its own set-up.
.PHONY: run test up check lint types imports sizes ui format bench crash pictures clean help environment
SHELL := /bin/sh
CALLWRIGHT := .venv/bin/callwright
PYTHON := .venv/bin/python
WORKERS := 3
# Whatever the environment says, what was compiled is kept: else each process of a house takes seconds longer to begin.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/bytecode

run:            ## Ring twenty simulated people and look at it in the browser: make run ARGS="--calls 20 --concurrency 5"
	@scripts/prepare run
	@$(CALLWRIGHT) demo $(ARGS)

test:           ## Everything that must be green: style, types, structure, and all tests against real peers
	@scripts/prepare test
	@$(MAKE) --no-print-directory --jobs=2 --output-sync check
	@$(PYTHON) -m pytest --numprocesses=$(WORKERS) $(ARGS)

up:             ## The same house without the demo's contents
	@scripts/prepare run
	@$(CALLWRIGHT) up $(ARGS)

environment:
	@scripts/prepare checks

lint types imports sizes format: environment

check: lint types imports sizes ui

lint:           ## Style (ruff)
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

types:          ## Types (mypy --strict)
	@.venv/bin/mypy

imports:        ## Which room may import which (import-linter)
	@.venv/bin/lint-imports

sizes:          ## How long a file and a function may be
	@$(PYTHON) scripts/sizes.py

ui:             ## The browser application: style, types, unit tests
	@scripts/prepare node-run npm run check
	@scripts/prepare node-run npm run test

format:         ## Put every file into the house's style
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format . ; scripts/prepare node-run npm run format

bench:          ## Measure: make bench NAME=media ARGS="--calls 200"; without NAME all of them
	@scripts/prepare test
	@for name in $(or $(NAME),recognition chinese media conversation brief turn_end barge_in pacing dialing crowd import pages messages); do $(PYTHON) -m bench.$$name $(ARGS) || exit 1; done

crash:          ## Kill nodes, leaders and the database a thousand times during calls: make crash ARGS="--kills 50 --seed 7"
	@scripts/prepare test
	@$(PYTHON) -m tests.wire.crash $(ARGS)

pictures:       ## The documentation's pictures, made anew from a demo: make pictures ARGS="calls call"
	@scripts/prepare test
	@$(PYTHON) -m tests.journeys.pictures $(ARGS)

clean:          ## Remove what set-up made (never your data in var/)
	rm -rf .venv .cache ui/node_modules ui/dist

help:           ## This list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12
