# Everything a maintainer runs. `make` alone lists the targets.

GO     ?= go
TOOLS  := $(GO) tool -modfile=tools/go.mod
ADDR   ?= localhost:8080
# Where `make screenshots` writes: outside the tree, so that nothing is committed by accident.
SHOTS  ?= $(abspath ../tiebreak-screenshots)
# How long `make fuzz` spends on each target.
FUZZ   ?= 20s
# How many requests `make soak` sends.
SOAK   ?= 2000000
# What `make build` and releases are optimised for. Not named default.pgo: with it
# every `go run` and `go test` would compile everything twice.
PROFILE := cmd/tiebreak/serve.pgo
# Flags of `make bench`: --rounds 2 for a quick look, --readme README.md to replace the figures there,
# --copies 200 to compare the site with itself when it has so many comparisons.
BENCH  ?=

.DEFAULT_GOAL := help
.PHONY: help run test gates check fuzz generate fmt build image screenshots need soak release judge bench profile

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

run: ## serve the site on ADDR (localhost:8080)
	$(GO) run ./cmd/tiebreak serve --addr $(ADDR)

test: need ## everything: vet, staticcheck, all tests with the race detector and a browser
	$(GO) vet ./...
	$(TOOLS) staticcheck ./...
	TIEBREAK_BROWSER=required TIEBREAK_RUNTIMES=required $(GO) test -race -timeout 20m ./...

gates: judge ## slower judges: the served site as others see it, and golden decisions on arm64
	tools/arm64.sh

judge: ## the served site as tools of others judge it: Nu, stylelint, Lighthouse, links and more
	tools/site.sh

check: ## the content (problems as path:line), the sums of all modules, and known weaknesses in them
	$(GO) run ./cmd/tiebreak check
	$(GO) mod verify
	GO="$(GO)" tools/vulns.sh

fuzz: ## every fuzz target for FUZZ (20s) each, with the number of inputs tried
	@GO="$(GO)" tools/fuzz.sh $(FUZZ)

soak: build ## SOAK (2000000) mixed requests, idle and slow clients, restarts behind HAProxy and Caddy: nothing leaks, nothing fails
	@tools/need.sh soak
	TIEBREAK_SOAK=$(SOAK) TIEBREAK_BINARY=$(abspath bin/tiebreak) $(GO) test -count=1 -v -timeout 24h -run '^TestSoak' ./cmd/tiebreak

bench: build ## requests a second beside a handler that only writes the same bytes, and beside Fastify; goals met and missed
	@tools/need.sh bench
	$(GO) run ./cmd/bench --site $(abspath bin/tiebreak) $(BENCH)

generate: ## write *_templ.go from *.templ, the style sheet of code blocks, and the page of changes
	$(GO) generate ./templates
	$(GO) test -count=1 -run '^(TestCodeCSS|TestChangelogPage)$$' ./internal/repo -update

fmt: ## format all Go and templ files
	$(TOOLS) gofumpt -w .
	$(GO) tool templ fmt -log-level warn templates

build: ## a static binary in bin/
	CGO_ENABLED=0 $(GO) build -trimpath -pgo=$(PROFILE) -ldflags '-s -w' -o bin/tiebreak ./cmd/tiebreak

profile: build ## measure anew what programs are optimised for: pages, files and results, asked for as browsers do
	@tools/need.sh bench
	$(GO) run ./cmd/bench --site $(abspath bin/tiebreak) --profile $(PROFILE)

release: ## programs for four systems, what they are made of, checksums and the image, in dist/
	GO="$(GO)" BUILDER="$(BUILDER)" tools/release.sh

image: ## the container image, with docker or another builder in BUILDER
	$(or $(BUILDER),docker build) -t tiebreak .

screenshots: need ## every page at three widths in both themes, written to SHOTS
	TIEBREAK_BROWSER=required TIEBREAK_SCREENSHOTS=$(SHOTS) $(GO) test -count=1 -timeout 20m -run '^TestScreenshots$$' ./internal/journey
	@echo "screenshots are in $(SHOTS)"

need: ## install what the tests need and this machine lacks (Debian, Ubuntu)
	@tools/need.sh
