package repo

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// module is the path of this repository's Go module.
const module = "tiebreak"

// A row says what the files of one package, tests left out, may import beyond
// the standard library.
type row struct {
	ours   []string // packages of this module
	theirs []string // modules of others, or packages with all below them
}

// importTable is section 2 of docs/HOUSE.md. Arrows only point down; a new
// package needs a new row.
func importTable() map[string]row {
	return map[string]row{
		// The command line says what a page says, from the same report, and counts
		// readers by the same scores: score and edition diff need no page between.
		"cmd/tiebreak": {
			ours: []string{
				"web", "content", "internal/catalog", "internal/compare", "internal/measure",
				"internal/report", "internal/score", "internal/store",
			},
			theirs: []string{
				"github.com/alecthomas/kong",
				"github.com/prometheus/client_golang/prometheus",
				"golang.org/x/net/netutil", // a limit on connections
			},
		},
		// The paths to ask for are made as the site makes them.
		"cmd/bench": {ours: []string{"content", "static", "templates", "internal/catalog", "internal/compare"}},
		"web": {
			ours: []string{"templates", "static", "internal/catalog", "internal/report", "internal/score", "internal/search", "internal/compare", "internal/contact", "internal/escape", "internal/negotiate"},
			theirs: []string{
				"github.com/go-chi/chi/v5", "github.com/a-h/templ",
				"github.com/andybalholm/brotli", "github.com/klauspost/compress",
				"github.com/hashicorp/golang-lru/v2", // results asked for again
				"github.com/go-chi/httprate",         // posts of one address
				"github.com/prometheus/client_golang/prometheus",
			},
		},
		"templates": {
			ours:   []string{"static", "internal/report", "internal/score", "internal/compare", "internal/contact"},
			theirs: []string{"github.com/a-h/templ"},
		},
		"internal/catalog": {
			ours:   []string{"internal/compare", "internal/score"},
			theirs: []string{"github.com/yuin/goldmark", "github.com/alecthomas/chroma/v2", "go.yaml.in/yaml/v4"},
		},
		// What the program has of it are two files, so nothing of ours imports it.
		"internal/palette": {theirs: []string{"github.com/alecthomas/chroma/v2"}},
		"internal/measure": {ours: []string{"internal/compare"}},
		"internal/store":   {ours: []string{"internal/compare"}},
		// The standard library draws no letters and fills no curves: the PNG card needs both.
		"internal/report": {
			ours:   []string{"internal/compare", "internal/contact", "internal/escape", "internal/score"},
			theirs: []string{"golang.org/x/image"},
		},
		// The standard library has no full-text index; SQLite's knows word stems,
		// ranks and cuts snippets. Texts are markup, which a tokenizer takes apart.
		"internal/search": {
			ours:   []string{"internal/compare"},
			theirs: []string{"modernc.org/sqlite", "golang.org/x/net/html"},
		},
		"internal/score":   {ours: []string{"internal/compare"}},
		"internal/compare": {},
		// Only tests, apart from compare's so that those are small.
		"internal/compare/properties": {ours: []string{"internal/compare"}},
		// Small, so that their fuzz targets are: a fuzzer looks at all code of the
		// test program after every input.
		"internal/contact":   {},
		"internal/escape":    {},
		"internal/negotiate": {},
		"internal/repo":      {},
		"tools/sbom":         {theirs: []string{"github.com/CycloneDX/cyclonedx-go"}},
		"internal/journey":   {},
		"content":            {},
		"static":             {},
	}
}

// standardTable names the packages of the standard library that only some of
// our packages may import. Nobody may import one with an empty list.
func standardTable() map[string][]string {
	return map[string][]string{
		"os":            {"cmd/bench", "cmd/tiebreak", "internal/measure", "internal/store", "tools/sbom"},
		"os/exec":       {"cmd/bench", "internal/measure"},
		"os/signal":     {"cmd/bench", "cmd/tiebreak"},
		"net/http":      {"cmd/bench", "cmd/tiebreak", "web"},
		"database/sql":  {"internal/search", "internal/store"},
		"log/slog":      {"cmd/tiebreak", "web", "internal/measure", "internal/store"},
		"time":          {"cmd/bench", "cmd/tiebreak", "web", "templates", "internal/catalog", "internal/measure", "internal/store"},
		"log":           nil,                               // log/slog
		"math/rand":     nil,                               // results are the same for everybody
		"math/rand/v2":  {"internal/measure", "cmd/bench"}, // the order of runs, which is to differ each time; readers made up
		"html/template": nil,                               // templ
		"text/template": nil,
		"unsafe":        nil,
	}
}

// testModules are what test files may import besides.
func testModules() []string {
	return []string{
		"github.com/google/go-cmp", "pgregory.net/rapid", "github.com/PuerkitoBio/goquery",
		"golang.org/x/net/html", "github.com/a-h/templ", "github.com/yuin/goldmark",
		"github.com/prometheus/client_golang/prometheus", "github.com/prometheus/client_model/go",
	}
}

// journeyModules drive a browser, which only the journeys do.
func journeyModules() []string {
	return []string{"github.com/chromedp/chromedp", "github.com/chromedp/cdproto"}
}

// imports checks every file against the tables above.
func imports(t *tree) []string {
	var problems []string
	for _, f := range t.files {
		if f.syntax == nil {
			continue
		}
		row, ok := importTable()[f.dir()]
		if !ok {
			problems = append(problems, f.path+": no row for "+f.dir()+" in the import table")
			continue
		}
		for _, spec := range f.syntax.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err == nil && !allowed(f, row, p) {
				problems = append(problems, t.at(spec.Pos(), "%s may not import %s", f.dir(), p))
			}
		}
	}
	return problems
}

func allowed(f file, r row, imported string) bool {
	if ours, ok := strings.CutPrefix(imported, module+"/"); ok {
		// A test may use whatever it needs to test with real parts.
		return f.isTest() || slices.Contains(r.ours, ours)
	}
	if !isModule(imported) {
		users, restricted := standardTable()[imported]
		return f.isTest() || !restricted || slices.Contains(users, f.dir())
	}
	theirs := slices.Clone(r.theirs)
	if f.isTest() {
		theirs = append(theirs, testModules()...)
	}
	if f.isTest() && f.dir() == "internal/journey" {
		theirs = append(theirs, journeyModules()...)
	}
	return slices.ContainsFunc(theirs, func(m string) bool {
		return imported == m || strings.HasPrefix(imported, m+"/")
	})
}

// isModule reports whether the import is somebody else's: the first part of
// its path is a host name.
func isModule(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return strings.Contains(first, ".")
}

// agreed checks that the table for people in docs/HOUSE.md lets every package
// import the same packages of ours as the table above.
func agreed(t *tree) []string {
	line := regexp.MustCompile(`(?m)^\| ([a-z/, ]+) \| ([^|]*) \| [^|]* \|$`)
	braces := regexp.MustCompile(`([a-z/]*)\{([a-z,]+)\}`)
	said := map[string][]string{}
	_, section, _ := strings.Cut(t.text("docs/HOUSE.md"), "\n## 2.")
	section, _, _ = strings.Cut(section, "\n## 3.")
	for _, m := range line.FindAllStringSubmatch(section, -1) {
		list := braces.ReplaceAllStringFunc(m[2], func(s string) string {
			p := braces.FindStringSubmatch(s)
			return p[1] + strings.ReplaceAll(p[2], ",", ", "+p[1])
		})
		var ours []string
		for name := range strings.SplitSeq(list, ", ") {
			if _, ok := importTable()[name]; ok {
				ours = append(ours, name)
			}
		}
		for name := range strings.SplitSeq(m[1], ", ") {
			said[name] = ours
		}
	}
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(said)) {
		want := slices.Sorted(slices.Values(importTable()[name].ours))
		if got := slices.Sorted(slices.Values(said[name])); !slices.Equal(got, want) {
			problems = append(problems, fmt.Sprintf("docs/HOUSE.md: %s may import %q, but the import table says %q", name, got, want))
		}
	}
	if len(said) == 0 {
		problems = append(problems, "docs/HOUSE.md: no import table in section 2")
	}
	return problems
}
