package repo

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// A rule finds problems in a tree. bad breaks it in every way it knows, and
// want is what it must say about that.
type rule struct {
	name  string
	check func(*tree) []string
	bad   map[string]string
	want  []string
}

func rules() []rule {
	long := "package web\n\n// Long is long.\nfunc Long() {\n" + strings.Repeat("\tprintln()\n", 59) + "}\n"
	return []rule{
		{
			"imports", imports,
			map[string]string{
				"web/a.go":               "package web\n\nimport (\n\t\"database/sql\"\n\t\"tiebreak/content\"\n\t\"github.com/yuin/goldmark/ast\"\n\t\"github.com/go-chi/chi/v5\"\n)\n",
				"web/a_test.go":          "package web\n\nimport (\n\t\"os\"\n\t\"tiebreak/content\"\n\t\"github.com/chromedp/chromedp\"\n)\n",
				"internal/score/a.go":    "package score\n\nimport \"time\"\n",
				"internal/fresh/a.go":    "package fresh\n",
				"internal/catalog/a.go":  "package catalog\n\nimport \"math/rand/v2\"\n",
				"templates/a_templ.go":   "package templates\n\nimport \"net/http\"\n",
				"internal/compare/ok.go": "package compare\n\nimport \"errors\"\n",
			},
			[]string{
				"internal/catalog/a.go:3: internal/catalog may not import math/rand/v2",
				"internal/fresh/a.go: no row for internal/fresh in the import table",
				"internal/score/a.go:3: internal/score may not import time",
				"templates/a_templ.go:3: templates may not import net/http",
				"web/a.go:4: web may not import database/sql",
				"web/a.go:5: web may not import tiebreak/content",
				"web/a.go:6: web may not import github.com/yuin/goldmark/ast",
				"web/a_test.go:6: web may not import github.com/chromedp/chromedp",
			},
		},
		{
			"agreed", agreed,
			map[string]string{
				"docs/HOUSE.md": "\n## 2. Who\n\n| package | may import | never |\n|---|---|---|\n| internal/report | internal/{score,compare,contact,escape}, templ | web |\n| content, static | internal/compare | us |\n\n## 3.\n",
			},
			[]string{
				`docs/HOUSE.md: content may import ["internal/compare"], but the import table says []`,
				`docs/HOUSE.md: static may import ["internal/compare"], but the import table says []`,
			},
		},
		{
			"formatted", formatted,
			map[string]string{"web/a.go": "package web\nvar  x = 1\n", "web/b.go": "package web\n"},
			[]string{"web/a.go: not formatted: run make fmt"},
		},
		{
			"sizes", sizes,
			map[string]string{
				"web/a.go":          long,
				"web/a_test.go":     long,
				"web/b.go":          "package web\n" + strings.Repeat("\n", 400),
				"templates/a.templ": "package templates\n" + strings.Repeat("\n", 500),
			},
			[]string{
				"web/b.go: has 401 lines, limit 400",
				"templates/a.templ: has 501 lines, limit 400",
				"web/a.go:4: Long has 61 lines, limit 60",
			},
		},
		{
			"docs", docs,
			map[string]string{
				"web/a.go": "// Package web.\npackage web\n\n// Makes things.\nfunc New() {}\n\ntype T int\n\n" +
					"// An Ox pulls.\ntype Ox int\n\nfunc (Ox) Pull() {}\n\nfunc (o *ox) Pull() {}\n\nfunc (Ox) String() string { return \"\" }\n\nconst (\n\tA = 1\n)\n\n// Kinds.\nconst (\n\tB = 1\n)\n",
				"static/a.go":       "package static\n",
				"templates/a.templ": "package templates\n\n// Home is.\ntempl Home() {\n}\n\ntempl Page() {\n}\n\ntempl part() {\n}\n",
			},
			[]string{
				"static: no package comment",
				"templates/a.templ: no doc comment that starts with Page",
				"web/a.go:12: no doc comment that starts with Pull",
				"web/a.go:19: no doc comment that starts with A",
				"web/a.go:5: no doc comment that starts with New",
				"web/a.go:7: no doc comment that starts with T",
			},
		},
		{
			"ambient", ambient,
			map[string]string{
				"web/a.go":            "package web\n\nvar now = time.Now\n\nfunc f() { os.Exit(1); os.Getenv(\"A\") }\n",
				"cmd/tiebreak/a.go":   "package main\n\nfunc main() { os.Exit(1) }\n",
				"web/a_test.go":       "package web\n\nvar _ = os.Getenv(\"A\")\n",
				"internal/score/a.go": "package score\n\nfunc f(t T) { t.Now() }\n",
			},
			[]string{
				"web/a.go:3: time.Now outside cmd",
				"web/a.go:5: os.Exit outside cmd",
				"web/a.go:5: os.Getenv outside cmd",
			},
		},
		{
			"globals", globals,
			map[string]string{
				"web/a.go": "package web\n\nvar cache = map[string]int{}\n\nvar n, m int\n\nvar once sync.Once\n\nfunc init() {}\n",
				"web/b.go": "package web\n\nfunc f(m int) {\n\tcache[\"a\"] = 1\n\tn++\n\tm = 2\n\tdelete(cache, \"a\")\n}\n",
				"web/c.go": "package web\n\nfunc g() {\n\tn := 1\n\tn = 2\n\t_ = n\n}\n",
			},
			[]string{
				"web/a.go:7: once is state shared by all callers",
				"web/a.go:9: func init",
				"web/b.go:4: package variable cache is changed",
				"web/b.go:5: package variable n is changed",
				"web/b.go:7: package variable cache is changed",
			},
		},
		{
			"names", names,
			map[string]string{"internal/utils/a.go": "package utils\n", "internal/utils/b.go": "package utils\n", "pkg/web/a.go": "package web\n"},
			[]string{"internal/utils: name a package for what it gives", "pkg: name a package for what it gives"},
		},
		{
			"words", words,
			map[string]string{
				"README.md":      "Look in /ho" + "me/jo/x.\nThen at http://192" + ".168.1.7:8080/.\n",
				"web/a.go":       "package web\n\n// TO" + "DO: later\n",
				"tools/go.sum":   "https://registry" + ".npmjs.org/a\n",
				"content/a.yaml": "url: https://registry" + ".npmjs.org/a\n",
			},
			[]string{
				"README.md:1:  /ho" + "me/jo",
				"README.md:2: http://192" + ".168.1.7",
				"tools/go.sum:1: registry" + ".npmjs.org",
				"web/a.go:3: TO" + "DO",
			},
		},
		{
			"locks", locks,
			map[string]string{
				"tools/a/package-lock.json": "{\n\"resolved\": \"https://example.org/a.tgz\"\n}\n",
				"tools/b/package-lock.json": "{\"integrity\": \"sha512-x\"}\n",
				"tools/b/package.json":      "{\"resolved\": \"x\"}\n",
			},
			[]string{`tools/a/package-lock.json:2: "resolved": "https://example.org/a.tgz"`},
		},
		{
			"raw", raw,
			map[string]string{
				"templates/a.templ": "package templates\n\ntempl a() {\n\t@templ.Raw(x)\n}\n",
				"templates/b.go":    "package templates\n\nvar x = templ.Raw(y)\n",
			},
			[]string{
				"templates/b.go:3: templ.Raw(", "templates/a.templ:4: templ.Raw(", "templ.Raw belongs in exactly one place",
			},
		},
		{
			"rendered", rendered,
			map[string]string{
				"templates/a.templ":   "package templates\n\ntempl Home() {\n}\n\ntempl Page() {\n}\n",
				"templates/a_test.go": "package templates\n\nvar _ = Home()\n",
			},
			[]string{"templates/a.templ: Page has no row in the render table of templates' tests"},
		},
		{
			"commands", commands,
			map[string]string{
				"Makefile":             "test: need\n",
				"cmd/tiebreak/main.go": "package main\n\ntype cli struct {\n\tServe serve `cmd:\"\" help:\"x\"`\n}\n",
				"README.md":            "Run `make test`, `make tea` and\n\n```sh\nmake toast\ngo run ./cmd/tiebreak serve\ngo run ./cmd/tiebreak fly\n```\n\nWe make no promises.\n",
			},
			[]string{
				"README.md: make tea is not in the Makefile",
				"README.md: make toast is not in the Makefile",
				"README.md: tiebreak fly is not a command",
			},
		},
		{
			"papers", papers,
			map[string]string{
				"README.md":       "[a](docs/HOUSE.md) [b](docs/GONE.md) [c](https://example.org)\n",
				"CONTRIBUTING.md": strings.Repeat("line\n", 60),
				"docs/HOUSE.md":   "[up](../README.md#run)\n",
			},
			[]string{
				"CONTRIBUTING.md: has 60 lines, must stay under 60",
				"README.md: no file docs/GONE.md",
			},
		},
		{
			"goVersion", goVersion,
			map[string]string{"go.mod": "module tiebreak\n\ngo 1.26\n", "Dockerfile": "FROM golang:1.25-bookworm AS build\n"},
			[]string{"Dockerfile: golang:1.25, but go.mod says 1.26"},
		},
	}
}

// TestRules holds this repository to every rule.
func TestRules(t *testing.T) {
	t.Parallel()
	here, err := load(repository())
	if err != nil {
		t.Fatal(err)
	}
	if len(here.golang(false)) < 10 {
		t.Fatalf("found %d Go files: this is not the repository", len(here.golang(false)))
	}
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			for _, p := range r.check(here) {
				t.Error(p)
			}
		})
	}
}

// TestRulesCanFail shows each rule a tree that breaks it.
func TestRulesCanFail(t *testing.T) {
	t.Parallel()
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			bad, err := load(memory(r.bad))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(r.want, r.check(bad)); diff != "" {
				t.Errorf("problems found in a bad tree (-want +got):\n%s", diff)
			}
		})
	}
}

// repository returns the root of this repository.
func repository() fs.FS { return os.DirFS("../..") }

func memory(files map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, src := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(src)}
	}
	return fsys
}
