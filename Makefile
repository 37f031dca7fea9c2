# Lantern. `make help` lists the commands; each does what it needs first.
-include .env
export

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test test-browser check train assess privacy chaos attack bench load growth bench-nlu bench-releases bench-admin bench-editors nlu nlu-parts lint-content content-report safety safety-proposals audit drill setup encoder model content create-admin browser screenshots widget-types bench-widget

UV ?= .tools/uv
DATA_DIR := $(if $(LANTERN_DATA_DIR),$(LANTERN_DATA_DIR),var)
WEB := .venv/bin/python
BOT := TQDM_DISABLE=1 TF_CPP_MIN_LOG_LEVEL=3 CUDA_VISIBLE_DEVICES= RASA_TELEMETRY_ENABLED=false RASA_MAX_CACHE_SIZE=0 PYTHONPATH=. \
	.venv-bot/bin/python -W ignore

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

run:  ## everything a fresh machine needs, then the four processes; prints the two addresses
	@$(MAKE) --no-print-directory -j2 model content
	@$(WEB) ops/run.py

test: model browser  ## everything a fresh machine needs, then all the tests; CI runs exactly this
	@$(BOT) -m pytest -c tests/bot/pytest.ini --rootdir . tests/bot tests/safety
	@$(WEB) -m pytest -n 2 --dist worksteal --ignore tests/e2e --ignore tests/browser
	@$(WEB) -m pytest -n 2 --dist loadfile tests/e2e tests/browser

test-browser: browser  ## the slow browser tests: every page for staff as each role, the widget in every state (some minutes)
	@$(WEB) -m pytest -q -s -m slow tests/browser

check: model browser  ## lint, types, content lint, NLU and safety gates, tests
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy --strict content safety chat actions
	@$(MAKE) --no-print-directory widget-types
	@$(WEB) -m content lint
	@$(BOT) -m benchmarks.understanding
	@$(BOT) -m benchmarks.safety
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory test-browser

train: encoder  ## train and evaluate; a model below the gates is refused
	@$(BOT) -m bot.train --force

assess: model  ## JSON lines {"text": …} on stdin → one JSON line each on stdout
	@$(BOT) -m bot.assess | $(WEB) -m content add-helplines

drill: model content  ## whole conversations of many kinds of people, played against the running stack
	@$(WEB) -m benchmarks.drill

lint-content: setup  ## what the texts should be and are not: reading age, blame, gaps, dates, links
	@$(WEB) -m content lint

content-report: setup  ## what the content holds, in figures, as one JSON line
	@$(WEB) -m content report

nlu: model  ## how well questions are understood, in English, Welsh and with slips
	@$(BOT) -m benchmarks.understanding

nlu-parts: model  ## what each part of the pipeline is worth: the figures without it
	@$(BOT) -m benchmarks.parts

safety: model  ## [PUBLIC=folder]: how many disclosures are caught, how often it is alarmed for nothing
	@$(BOT) -m benchmarks.safety $(if $(PUBLIC),--public $(PUBLIC))

safety-proposals: model content  ## what the approved proposals would change: trains a model of its own (minutes)
	@$(WEB) -m benchmarks.proposals read | $(BOT) -m benchmarks.candidate | $(WEB) -m benchmarks.proposals keep

audit: .venv/.synced  ## weak spots: of high severity in our code, and known ones in both environments (asks pypi.org)
	@.venv/bin/bandit -q -r content admin chat safety actions ops -lll
	@mkdir -p $(DATA_DIR)
	@$(UV) export --quiet --locked --no-hashes --no-default-groups --group web --python 3.12 >$(DATA_DIR)/web-requirements.txt
	@$(UV) export --quiet --locked --no-hashes --no-default-groups --group bot --python 3.10 >$(DATA_DIR)/bot-requirements.txt
	@# What stays, and why it can not be reached, stands in docs/advisories.md.
	@$(WEB) ops/audit.py web=$(DATA_DIR)/web-requirements.txt bot=$(DATA_DIR)/bot-requirements.txt

privacy: model browser  ## 500 messages, crashes among them, then a search of every changed file for what was written (minutes)
	@$(WEB) -m benchmarks.privacy

chaos: model browser  ## [FAULT=name]: what people get while something is broken, and how soon all is whole (half an hour)
	@$(WEB) -m benchmarks.chaos $(if $(FAULT),--only $(FAULT))

attack: model browser  ## everything a stranger or a member of staff could try, fuzzing and dependency audit included (minutes)
	@$(WEB) -m pytest -q -c tests/attack/pytest.ini --rootdir . tests/attack
	@$(MAKE) --no-print-directory audit

bench: model content  ## speed and memory, as ratios against stock Rasa, in one run
	@$(WEB) -m benchmarks.turn

load: model content  ## [LONG=1]: lessons of up to 200 pupils, Lantern and stock Rasa in one run; LONG: half an hour of 150
	@$(WEB) -m benchmarks.load $(if $(LONG),--long)

growth: model content  ## what more chats, longer chats, more texts and more examples cost
	@$(WEB) -m benchmarks.growth

bench-releases: model content  ## 200 publishes while eight people talk: no turn may fail or mix two releases
	@$(WEB) -m benchmarks.releases

bench-admin: .venv/.synced  ## the pages for staff with 5,000 texts and 50,000 entries in the log
	@$(WEB) -m benchmarks.admin_pages

bench-widget: browser  ## what the widget weighs, and how soon an old phone can type in it
	@$(WEB) -m benchmarks.widget

screenshots: model browser  ## the pictures of the widget in docs/images/, taken anew; look at each before you keep it
	@$(WEB) -m ops.screenshots

widget-types: node_modules/.synced  ## the types in the widget's scripts, read by TypeScript (needs node and npm)
	@node_modules/.bin/tsc

bench-editors: .venv/.synced  ## [SECONDS=n]: 20 people write at the same time: no update is lost, no request fails
	@$(WEB) -m benchmarks.editors $(if $(SECONDS),--seconds $(SECONDS))

bench-nlu: encoder  ## DATA=file.json [SHOTS=n]: our pipeline on a data set in CLINC150's format
	@test -n "$(DATA)" || { echo "Name a file: make bench-nlu DATA=file.json [SHOTS=n]" >&2; exit 2; }
	@$(BOT) -m benchmarks.nlu $(DATA) $(if $(SHOTS),--shots $(SHOTS))

create-admin: content  ## EMAIL=you@example.org: the first member of staff; asks for a password
	@$(WEB) -m admin create-admin $(EMAIL)

setup: .venv/.synced .venv-bot/.synced  ## both environments, from the one lock

.tools/uv:
	@python3 ops/get_uv.py .tools

.venv/.synced: pyproject.toml uv.lock .python-version | $(UV)
	@echo "Making the web environment (Python 3.12) ..." >&2
	@$(UV) sync --quiet --locked --python 3.12 >&2
	@touch $@

.venv-bot/.synced: pyproject.toml uv.lock .python-version | $(UV)
	@echo "Making the bot environment (Python 3.10, Rasa; about 2.8 GB) ..." >&2
	@UV_PROJECT_ENVIRONMENT=.venv-bot $(UV) sync --quiet --locked --python 3.10 --no-default-groups --group bot --group bot-dev >&2
	@touch $@

node_modules/.synced: package.json package-lock.json
	@command -v npm >/dev/null || { echo "The types of the widget are checked with TypeScript: install Node.js 20 or newer, with npm." >&2; exit 2; }
	@npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

encoder: setup  ## the sentence encoder, checked and exported once
	@$(BOT) -m bot.export_encoder >&2

model: encoder  ## a trained model, if there is none or its data changed
	@$(BOT) -m bot.train >&2

content: setup  ## the database at its newest shape, and the starter release if there is none
	@$(WEB) -m content migrate >&2
	@$(WEB) -m content seed >&2

browser: setup  ## a chromium for the browser tests
	@$(WEB) ops/get_browser.py >&2
