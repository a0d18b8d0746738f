# Everything a maintainer runs. `make` alone lists the targets.

GO     ?= go
TOOLS  := $(GO) tool -modfile=tools/go.mod
ADDR   ?= localhost:8080
# Where `make screenshots` writes: outside the tree, so that nothing is committed by accident.
SHOTS  ?= $(abspath ../tiebreak-screenshots)
# How long `make fuzz` spends on each target.
FUZZ   ?= 30s

.DEFAULT_GOAL := help
.PHONY: help run test gates check fuzz generate fmt build image screenshots need

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

run: ## serve the site on ADDR (localhost:8080)
	$(GO) run ./cmd/tiebreak serve --addr $(ADDR)

test: need ## everything: vet, staticcheck, all tests with the race detector and a browser
	$(GO) vet ./...
	$(TOOLS) staticcheck ./...
	TIEBREAK_BROWSER=required $(GO) test -race -timeout 20m ./...

gates: ## slower judges: golden decisions on arm64
	tools/arm64.sh

check: ## the content alone: problems as path:line
	$(GO) run ./cmd/tiebreak check

fuzz: ## every fuzz target for FUZZ (30s) each
	@grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' cmd content internal static templates web \
	| sed 's|/[^/]*:func | |' | sort | while read -r dir name; do \
		echo "== $$dir $$name"; \
		$(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZ) "./$$dir" || exit 1; \
	done

generate: ## write *_templ.go from *.templ, and the style sheet of code blocks
	$(GO) generate ./templates
	$(GO) test -count=1 -run '^TestCodeCSS$$' ./internal/repo -update

fmt: ## format all Go and templ files
	$(TOOLS) gofumpt -w .
	$(GO) tool templ fmt -log-level warn templates

build: ## a static binary in bin/
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o bin/tiebreak ./cmd/tiebreak

image: ## the container image, with docker or another builder in BUILDER
	$(or $(BUILDER),docker build) -t tiebreak .

screenshots: need ## every page at three widths in both themes, written to SHOTS
	TIEBREAK_BROWSER=required TIEBREAK_SCREENSHOTS=$(SHOTS) $(GO) test -count=1 -timeout 20m -run '^TestScreenshots$$' ./internal/journey
	@echo "screenshots are in $(SHOTS)"

need: ## install what the tests need and this machine lacks (Debian, Ubuntu)
	@tools/need.sh
