# The verbs of this project; `make help` lists them. The work is done in tools/environment.py and handbook/.

PYTHON ?= python3
VENV_PYTHON = .venv/bin/python
ENVIRONMENT = "$(PYTHON)" tools/environment.py
# A process for each core takes one file of tests after the other, the small ones of the last rooms at the end
PROCESSES = --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

# Text files are UTF-8 whatever the locale, and packages come from .venv alone
export PYTHONUTF8 = 1
unexport PYTHONHOME PYTHONPATH

.DEFAULT_GOAL = build
.NOTPARALLEL:
.PHONY: build pdf epub test translations check-translations translate-status schemas addresses diagrams lint format bench requirements clean help

build: ## サイト、PDF、EPUB を build/site に作る（既定） / Build the site, the PDFs and EPUBs in build/site (default)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook build

pdf: ## PDF だけを作る（make のあとで） / Set the PDFs alone (after make)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook pdf

epub: ## EPUB だけを作る（make のあとで） / Write the EPUBs alone (after make)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook epub

test: ## テストする（ARGS= で pytest に渡す） / Run the tests (ARGS= goes to pytest)
	@$(ENVIRONMENT) test
	$(VENV_PYTHON) -m pytest $(PROCESSES) $(ARGS)

translations: ## 翻訳カタログ（locales）を更新する / Update the translation catalogues in locales
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook translations

check-translations: ## 訳が日本語の文と合っているかを調べる / Check that translations say what the Japanese says
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook check-translations

translate-status: ## どこまで訳したかを示す（JSON=1 でJSON） / Show what is translated, page by page (JSON=1: as JSON)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook translate-status $(if $(JSON),--json)

schemas: ## 記録のJSONスキーマを書き直す / Write the JSON Schemas of the records
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook schemas

addresses: ## サイトの新しいアドレスを一覧に加える（make のあとで） / Add new addresses of the site to their list (after make)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook addresses

diagrams: ## 変わった図を描き直す / Draw the diagrams that have changed
	@$(ENVIRONMENT) test
	$(VENV_PYTHON) -m handbook diagrams

lint: ## コードの書き方と型を検査する / Check the style and types of the code
	@$(ENVIRONMENT) develop
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check
	$(VENV_PYTHON) -m mypy

format: ## コードの書式を整える / Put the code into its standard format
	@$(ENVIRONMENT) develop
	$(VENV_PYTHON) -m ruff check --fix
	$(VENV_PYTHON) -m ruff format

bench: ## 速さを測る / Measure the speed of building
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m tools.bench

requirements: ## *.in から requirements*.txt を作り直す（UPGRADE=1 で最新に） / Recompile requirements*.txt from *.in (UPGRADE=1: newest)
	@$(ENVIRONMENT) requirements $(if $(UPGRADE),--upgrade)

clean: ## build とキャッシュを消す（.venv は残す） / Delete build and caches (keeps .venv)
	rm -rf build .mypy_cache .pytest_cache .ruff_cache

help: ## この一覧を表示する / Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' Makefile
