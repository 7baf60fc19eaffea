# make serve [CONTENT=DIR] [CONFIG=FILE]   run the service; the sample content by default
# make test                                the gate and every test
# make bench                               measure the speed, see bench/

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
CONFIG ?= config/feeds.toml

.PHONY: serve test gate bench clean

serve: $(VENV)/serve.stamp
	@$(if $(CONTENT),export FEEDS_CONTENT__DIRECTORY="$$(realpath -m "$(CONTENT)")"; \
	export FEEDS_STATE__DIRECTORY="$(CURDIR)/state/$$(realpath -m "$(CONTENT)" | cksum | cut -d ' ' -f 1)";) \
	exec $(BIN)/feeds serve --config "$(CONFIG)"

test: gate
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term --cov-fail-under=90
	$(BIN)/coverage report --include='feeds/content/*,feeds/syndication/*,feeds/services/*' --fail-under=95

gate: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/test.stamp
	$(BIN)/python -m bench
	$(BIN)/python -m bench.building --write
	$(BIN)/python -m bench.edits --write
	$(BIN)/python -m bench.restart --write
	$(BIN)/python -m bench.serving --write

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/serve.stamp: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(VENV)/test.stamp: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	touch $@ $(VENV)/serve.stamp

clean:
	rm -rf $(VENV) state
