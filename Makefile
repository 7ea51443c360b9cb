.DEFAULT_GOAL := help
.PHONY: help start stop restart test logs status lint format clean bench

help: ## show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

start: ## install what is missing, make the site, start everything, print the address
	@python3 -m engine start

stop: ## end this bench's processes, MariaDB and Redis
	@python3 -m engine stop

restart: ## the processes anew, after a change of Python code
	@python3 -m engine restart

test: ## run every test on a site of its own (ARGS= for pytest)
	@python3 -m engine test $(ARGS)

logs: ## follow the logs
	@python3 -m engine logs

status: ## what runs, and where
	@python3 -m engine status

lint: ## check style and formatting
	@python3 -m engine lint

format: ## bring code into the style, as far as that goes by itself
	@python3 -m engine format

clean: ## remove everything that was made, sites and databases too
	@python3 -m engine clean

bench: ## the bench's command line: make bench ARGS="--site care.localhost console"
	@python3 -m engine bench $(ARGS)
