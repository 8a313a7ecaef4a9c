# Everything that is done often. `make` lists it.
.DEFAULT_GOAL := help
.PHONY: help run test dev bench lint format schema types train-scorer evaluate-recommendations publish db reset

help: ## List these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-25s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Install what is missing, build, and run with a demo community
	@scripts/run

test: ## Run every test and check
	@scripts/test

dev: ## Run the server and the console, each restarted when its source changes
	@scripts/dev

bench: ## Measure; WORDS="list react" measures only those
	@scripts/bench $(WORDS)

lint: ## Check formatting, types and the tree
	@scripts/lint

format: ## Write the formatting that lint checks
	@scripts/format

schema: ## Write src/Hearth/Database/schema.sql from the migrations
	@scripts/schema

types: ## Write the TypeScript types of the API from its OpenAPI document
	@scripts/types

train-scorer: ## Make the text scorer's model anew from the data sets in ../shared/data, and print how it does on held-out rows
	@dotnet run --project tools/TrainScorer -c Release -- ../shared/data src/Hearth/Features/Moderation/Scoring/scorer.bin $(TEXTS)

evaluate-recommendations: ## Measure the engine that recommends on the data sets in ../shared/data; TUNE=tune chooses its weights
	@dotnet run --project tools/EvaluateRecommendations -c Release -- ../shared/data $(TUNE)

publish: ## Make artifacts/hearth: the server with its console, to copy to a machine with the .NET 10 runtime
	@scripts/publish

db: ## Open psql on the database of `make run`, which must be running
	@scripts/db

reset: ## Delete the data of `make run`
	@scripts/reset
