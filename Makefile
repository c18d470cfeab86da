# PyTorch You Can Touch. `make help` lists what can be made; README.md gives the plain commands.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TEACHING := $(VENV)/.teaching
AUTHORS := $(VENV)/.authors

# The tests run two notebooks at a time, so each gets one thread: two would fight over the cores. The number
# of threads changes the last digits of a training run, so it is the same when refreshing and when testing.
THREADS := OMP_NUM_THREADS=1

.DEFAULT_GOAL := help
.PHONY: help book test notebooks lab refresh figures new-chapter new-figure onefile cards assignment grade class data picture bench results lint fast check coverage links hooks clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 14

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version + ". Name another one: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

book: $(INSTALLED) ## build the book: _build/html
	$(BIN)/jupyter-book build . --warningiserror --keep-going --quiet
	@echo "The book is built. Open $(CURDIR)/_build/html/index.html"

# Both files in one call, so that nothing of the first can move for the second.
$(TEACHING): $(INSTALLED) requirements-teaching.txt
	$(BIN)/python -m pip install --quiet -r requirements.txt -r requirements-teaching.txt
	@touch $@

$(AUTHORS): $(TEACHING) requirements-authors.txt
	$(BIN)/python -m pip install --quiet -r requirements.txt -r requirements-teaching.txt -r requirements-authors.txt
	@touch $@

test: book $(TEACHING) ## re-execute every notebook and run all tests (also in a browser, where there is one)
	@$(BIN)/python -m bookbuild.browser --install
	$(THREADS) $(BIN)/pytest --nbval -n 2 --dist loadfile

notebooks: $(INSTALLED) ## re-execute the notebooks alone
	$(THREADS) $(BIN)/pytest --nbval -n 2 --dist loadfile notebooks

# JupyterLab would start the authors' type checker, whose messages cover the notebook.
lab: $(INSTALLED) ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab --LanguageServerManager.autodetect=False notebooks

refresh: $(INSTALLED) ## execute notebooks and store their outputs: make refresh [NB="08_batch_stochastic_minibatch"]
	$(THREADS) $(BIN)/python -m bookbuild.execute.refresh $(NB)

figures: $(INSTALLED) ## after a change to a figure's script: bundle it, and take new stills, without executing anything
	$(BIN)/python -m bookbuild.figures.bundle
	$(BIN)/python -m bookbuild.execute.refresh --figures

new-chapter: $(INSTALLED) ## start a chapter: make new-chapter NAME=09_models TITLE="Building models"
	$(BIN)/python -m bookbuild.new_chapter "$(NAME)" "$(TITLE)"

new-figure: $(INSTALLED) ## start an interactive figure: make new-figure NAME=tide_pool
	$(BIN)/python -m bookbuild.figures.new_figure "$(NAME)"

onefile: $(INSTALLED) ## notebooks that carry their helpers along: _build/onefile
	$(BIN)/python -m bookbuild.release.onefile

assignment: $(TEACHING) ## to hand out and to grade with nbgrader: make assignment CHAPTERS="07 08" [OUT=course]
	$(BIN)/python -m bookbuild.grading.assignment $(CHAPTERS) --out "$(or $(OUT),course)"

grade: $(TEACHING) ## grade what came back: make grade CHAPTERS="07 08" [OUT=course] [STUDENTS="ada grace"]
	$(BIN)/python -m bookbuild.grading.grade $(CHAPTERS) --out "$(or $(OUT),course)" $(if $(STUDENTS),--students $(STUDENTS))

class: $(TEACHING) ## prove the grading: a class of students, each with a trouble of their own
	BOOK_CLASS=1 BOOK_REQUIRE_NBGRADER=1 $(BIN)/pytest tests/bookbuild/test_grading.py

cards: $(INSTALLED) ## a deck for Anki, _build/pytorch-you-can-touch.apkg, and the list of what has changed in it
	$(BIN)/python -m bookbuild.deck

data: $(INSTALLED) ## say where each data set comes from
	$(BIN)/python -m helpers.data

picture: book ## take the README's picture from the built book
	$(BIN)/python -m bookbuild.page_picture notebooks/08_batch_stochastic_minibatch images/readme.png

bench: $(INSTALLED) ## measure: figures, Jacobians, loaders, training against the usual recipes
	$(BIN)/python -m bookbuild.bench

results: $(INSTALLED) ## train what chapters 12 and 13 report, over seeds, and record it: make results [ROWS="residual cnn"]
	$(BIN)/python -m bookbuild.results $(ROWS)

lint: $(AUTHORS) ## style, spelling and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell
	$(BIN)/basedpyright --baselinemode=lock
	$(BIN)/deno fmt --check --quiet
	$(BIN)/deno lint --quiet
	$(BIN)/deno check --quiet --no-remote --no-npm

fast: $(AUTHORS) ## the tests that need no browser, kernel, server or training
	$(THREADS) $(BIN)/pytest tests -m "not slow" -n 2 --dist loadfile -q

check: $(AUTHORS) ## before each commit: lint and the fast tests, side by side
	@$(MAKE) --no-print-directory --jobs=2 lint fast

coverage: book $(AUTHORS) ## the lines that tests/ reach; slower than the tests alone: _build/coverage/index.html
	$(THREADS) $(BIN)/pytest tests -n 2 --dist loadfile --cov --cov-report=term:skip-covered --cov-report=html

links: $(INSTALLED) ## ask the network whether the pages' links still lead somewhere: _build/links/_build/html/output.txt
	$(BIN)/jupyter-book build . --builder linkcheck --path-output _build/links

hooks: $(AUTHORS) ## check what is committed and pushed, and show changes of notebooks as text
	$(BIN)/pre-commit install
	git config diff.notebook.textconv "$(BIN)/jupyter-nbconvert --to markdown --stdout --log-level=ERROR"

clean: ## remove what was built; the environment and the data stay
	rm -rf _build
