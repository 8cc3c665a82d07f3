# The Compute Cycle. `make` lists the targets; each sets up the environment by itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
BIN := .venv/bin
# without uv on the machine pip fetches it; pip alone would take half a minute for the rest
OWN_UV := $(shell uv=$$(command -v uv) && ! [ "$$uv" -ef $(BIN)/uv ] || echo $(BIN)/uv)
UV := $(or $(OWN_UV),uv)
# an environment names the place it was made in: copied elsewhere, it would run that place's tables
SOUND := $(shell [ "$$(cat .venv/place 2>/dev/null)" = "$$(pwd -P)" ] && $(BIN)/python -c '' >/dev/null 2>&1 && echo yes)
quoted = '$(subst ','\'',$(1))'
option = $(if $(2),$(1) $(call quoted,$(2)))
# a word given to `make rerun` that it does not take would set nothing, and nobody would notice
GIVEN := $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name)))
STRANGE := $(firstword $(filter-out CHAPTER SET FILE AS_OF DATA OUT PYTHON UV OWN_UV,$(GIVEN)))
$(if $(and $(STRANGE),$(filter rerun check,$(MAKECMDGOALS))),$(error $(STRANGE) sets nothing here; write SET="$(STRANGE)=$($(STRANGE))"))
# a run starts many processes: compiled once, imports take half as long
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help book pdf zip serve rerun release refresh check test bench reproduce audit licences sbom extras clean $(if $(SOUND),,.venv/place)

help:  ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

book: .venv/book  ## check the data, run the chapters, build the site
	@$(BIN)/computecycle book

pdf: .venv/book  ## print the site to one PDF (needs Chromium or Chrome)
	@$(BIN)/computecycle pdf

zip: .venv/book  ## put the site in one zip that opens from disk
	@$(BIN)/computecycle zip

serve: .venv/book  ## read the built site at http://localhost:8000 (PORT=8001: there)
	@$(BIN)/computecycle serve $(call option,--port,$(PORT))

rerun: .venv/book  ## chapters with other inputs: CHAPTER="capex_gap" SET="gpu_run_rate=200" FILE=params.yml AS_OF=2024-06-30 DATA=tables OUT=folder
	@$(BIN)/computecycle run $(foreach each,$(CHAPTER),$(call quoted,$(each))) $(foreach pair,$(SET),-p $(call quoted,$(pair))) $(call option,-f,$(FILE)) $(call option,--as-of,$(AS_OF)) $(call option,--data,$(DATA)) $(call option,--out,$(OUT))

release: .venv/book  ## keep what this edition says in editions/: EDITION=2026.11
	@$(BIN)/computecycle release $(call quoted,$(EDITION))

check: .venv/book  ## check every table (DATA=folder: and your own)
	@$(BIN)/computecycle check $(call option,--data,$(DATA))

refresh: .venv/test  ## enter newer rows of a publisher: PUBLISHER=owid (or sec, epoch) CONTACT=you@example.org
	@$(BIN)/computecycle refresh $(call quoted,$(PUBLISHER)) --accept $(call option,--contact,$(CONTACT))

test: .venv/test  ## run all tests, in a real browser too
	@$(BIN)/python tests/chromium.py
	@$(BIN)/ruff check src tests benchmarks
	@$(BIN)/python -m pytest

bench: .venv/test  ## measure all of it and write BENCHMARKS.md (ONLY="build kills": print these)
	@$(BIN)/computecycle book
	@$(BIN)/python benchmarks/bench.py $(ONLY)

reproduce: .venv/book  ## build twice under other conditions, compare every byte (OTHER=python3.13)
	@OTHER=$(call quoted,$(OTHER)) $(BIN)/python benchmarks/reproduce.py

audit: .venv/supply/made  ## look for known holes in the locked packages (needs the network)
	@$(BIN)/python benchmarks/supply.py audit

licences: .venv/supply/made  ## list the licences of the locked packages anew
	@$(BIN)/python benchmarks/supply.py licences

sbom: .venv/supply/made  ## write a bill of the locked packages (CycloneDX) to _build
	@mkdir -p _build
	@PYTHONWARNINGS=ignore .venv/supply/bin/cyclonedx-py requirements requirements.txt --output-reproducible --pyproject pyproject.toml --output-file _build/sbom.cdx.json
	@echo "_build/sbom.cdx.json lists the locked packages with their hashes"

extras: .venv/test  ## install what sweeps and refreshing need, locked, with what the tests do

clean:  ## remove what was built (and an environment made elsewhere)
	rm -rf _build book/chapters $(if $(SOUND),,.venv)

.venv/place:
	@"$(PYTHON)" -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=.") if sys.version_info < (3, 11) else None'
	@if [ -e .venv ]; then echo "The environment in .venv was made elsewhere or is broken; it is removed and made anew"; \
	else echo "Creating the environment in .venv"; fi
	@rm -rf .venv
	@$(if $(OWN_UV),"$(PYTHON)" -m venv .venv,uv venv --quiet --python "$(PYTHON)" .venv)
	@pwd -P > $@

# an environment that uv made has no pip
.venv/bin/uv: requirements-uv.txt .venv/place
	@$(BIN)/python -c 'import pip' >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install --quiet --no-user --disable-pip-version-check --no-deps --require-hashes -r requirements-uv.txt
	@touch $@

.venv/book: requirements.txt pyproject.toml .venv/place | $(OWN_UV)
	@echo "Installing the locked packages"
	@$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r requirements.txt
	@$(UV) pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: requirements-test.txt .venv/book | $(OWN_UV)
	@echo "Installing what the tests need"
	@$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r requirements-test.txt
	@touch $@

# what looks at the locked packages is none of them
.venv/supply/made: requirements-supply.txt .venv/book | $(OWN_UV)
	@echo "Installing what looks at the packages"
	@$(UV) venv --quiet --clear --python .venv/bin/python .venv/supply
	@$(UV) pip install --quiet --python .venv/supply/bin/python --require-hashes -r requirements-supply.txt
	@touch $@
