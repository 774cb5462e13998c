# Everything a person does with a clone. `make` alone lists it.
# Settings, behind the name or in the environment: PORT=8000  BASE_DOMAIN=portal.localhost  DATABASE_URL=postgresql://…  DATA_DIR=.data  ARGS="words for the command"

RUN := sh deploy/in_venv.sh requirements.txt
DEVELOP := sh deploy/in_venv.sh requirements-dev.txt

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo run seed stop backup restore test prove mutants lint bench docs room messages lock

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: ## open the portal with demo schools at http://portal.localhost:8000 (PORT=8001 for another port)
	@$(RUN) -m deploy.demo

run: ## the same for development: reloads by itself, shows errors in the page
	@$(DEVELOP) -m deploy.demo --reload

seed: ## add missing tables and demo content to the demo's database
	@$(RUN) -m deploy.content

stop: ## end the demo and the database servers of this clone
	@test ! -d .venv || .venv/bin/python -m deploy.stop

backup: ## back up everything, or one school: make backup SCHOOL=hhut TO=/backups
	@$(RUN) -m deploy.backup

restore: ## put a backup into an empty place: make restore FROM=.data/backups/all-20260101T000000Z
	@$(RUN) -m deploy.restore

test: ## run all tests (ARGS="tests/filings -x" for some)
	@$(DEVELOP) -m deploy.run_tests

prove: ## run the longer proofs: kills, races in number, bombs, scale
	@$(DEVELOP) -m deploy.run_tests --prove

mutants: ## plant faults (48) one by one; the tests must catch each (ARGS="workflow" for some)
	@$(DEVELOP) -m tests.mutants $(ARGS)

lint: ## check code, floors, migrations, templates and translations (ARGS="mypy,floors" for some)
	@$(DEVELOP) -m deploy.lint

bench: ## measure speed against the stated limits
	@$(DEVELOP) -m tests.bench $(ARGS)

docs: ## write the generated reference pages anew
	@$(DEVELOP) -m deploy.manage write_reference $(ARGS)

room: ## scaffold a room: make room name=canteens
	@test -n "$(name)" || { echo 'Name the room: make room name=canteens' >&2; exit 2; }
	@$(DEVELOP) -m deploy.manage start_room "$(name)"

messages: ## collect the messages of the interface into its catalogue, then compile
	@$(DEVELOP) -m deploy.manage messages $(ARGS)
	@$(DEVELOP) -m deploy.manage catalogues

lock: ## write requirements.txt and requirements-dev.txt anew (ARGS=--upgrade for newer versions)
	@python=$$(sh deploy/python.sh) && "$$python" -m deploy.lock $(ARGS)
