# Điểm Tựa. `make help` lists what there is. Everything needed is installed by `make` itself:
# Python 3.12 or newer (or uv) and make are all it asks for.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
LOCK := uv pip compile --quiet --generate-hashes --universal --python-version 3.12 --no-header --no-annotate

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: ready ## run the product on an invented city; Ctrl-C stops everything
	@$(PY) -m diemtua demo

test: ready ## run every test that this machine can run
	@$(PY) -m pytest -n 2 --dist loadfile -m "not story"
	@$(PY) -m pytest -n 2 --dist load -m story

lint: ready ## style, types, floors, templates, migrations, translations
	@tools/lint.sh $(PY)

bench: ready ## measure against the budgets; writes docs/benchmarks.md
	@$(PY) -m benchmarks

ready: $(STAMP) ## environment, assets and translations are in place
	@$(PY) tools/build_assets.py
	@$(PY) tools/messages.py --compile

$(STAMP): requirements/dev.txt requirements/bootstrap.txt pyproject.toml tools/environment.sh
	@tools/environment.sh $(VENV)
	@touch $@

locks: ready ## compile the locks again from pyproject.toml
	$(VENV)/bin/$(LOCK) pyproject.toml --extra dev -o requirements/dev.txt
	$(VENV)/bin/$(LOCK) pyproject.toml -o requirements/base.txt
	echo uv | $(VENV)/bin/$(LOCK) - -o requirements/bootstrap.txt

wheel: ready ## build the wheel and the source archive, with assets inside
	$(VENV)/bin/uv build --quiet

clean: ## remove what was built; data in var/ stays
	rm -rf $(VENV) node_modules dist src/diemtua/foundation/ui/static/vendor

.PHONY: help demo test lint bench ready locks wheel clean
