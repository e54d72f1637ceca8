# make run    set everything up and serve the sample articles at http://127.0.0.1:8747
# make test   run all checks and tests
# make build  build bin/entente, with the client of the pages where npm is there
# make client build the client of the pages, in web/ui/dist
# make bench  measure queries beside Oxigraph and the store at BENCH_QUADS=1000000 quads, then run all benchmarks
# make crash  cut the power and kill writers of the store, more often than make test does
# make earl   write the outcomes of the W3C's tests to earl/ (needs ../shared)
# make scores rewrite the golden files of the quality figures (needs ../shared)

export CGO_ENABLED ?= 0
GO ?= go
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: run build client test test-client lint race bench crash earl scores

run: build
	./bin/entente serve --demo

build: client
	$(GO) build -trimpath -ldflags "-s -w" -o bin/entente ./cmd/entente

# The pages are whole without their client; where it cannot be built it is left out.
UI := web/ui
client:
	@command -v npm >/dev/null && $(MAKE) --no-print-directory -s $(UI)/dist/manifest.json || \
	echo "no npm, or it failed: going on without the client of the pages (networks and editors stay plain)"

$(UI)/dist/manifest.json: $(UI)/node_modules/.package-lock.json $(UI)/vite.config.ts $(wildcard $(UI)/src/*)
	npm --prefix $(UI) run --silent build

$(UI)/node_modules/.package-lock.json: $(UI)/package-lock.json
	npm --prefix $(UI) ci --silent
	@touch $@

test: lint test-client
	$(GO) test ./...
	$(MAKE) race

# Types and pure functions of the client; the browser tests among the Go tests drive the rest.
test-client: client
	@if [ -e $(UI)/node_modules/.package-lock.json ]; then npm --prefix $(UI) run --silent check && npm --prefix $(UI) test --silent; fi

lint:
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

# The race detector needs cgo; nothing else does. It looks at the packages in which
# goroutines meet.
race:
	CGO_ENABLED=1 $(GO) test -race -short ./graph/... ./importers ./nlp ./queries/... ./web/...

BENCH_QUADS ?= 1000000
OXIGRAPH := cmd/bench/oxigraph

# Oxigraph is measured in the same run where it can be installed.
bench:
	if npm --prefix $(OXIGRAPH) ci --silent; \
	then $(GO) run ./cmd/bench -quads $(BENCH_QUADS) -peer $(OXIGRAPH); \
	else $(GO) run ./cmd/bench -quads $(BENCH_QUADS); fi
	$(GO) run ./cmd/bench -quads $(BENCH_QUADS) -store
	$(GO) run ./cmd/bench -quads $(BENCH_QUADS) -bulk
	$(GO) test -run '^$$' -bench . -benchmem ./...

crash:
	$(GO) test ./graph/pebble -run 'TestPowerCuts|TestKilled|TestMetamorphic' -count 1 -v -timeout 30m -args -full

earl:
	@mkdir -p earl
	$(GO) test ./graph/rdf -run TestW3C -count 1 -args -earl $(CURDIR)/earl/rdf.ttl
	$(GO) test ./queries/sparql -run TestW3C -count 1 -args -earl $(CURDIR)/earl/sparql.ttl

scores:
	$(GO) run ./cmd/train -calibrate
	$(GO) test ./nlp ./nlp/timex ./cmd/train -run 'Score|Golden' -update
