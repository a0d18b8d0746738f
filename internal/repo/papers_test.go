package repo

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
)

// names checks that no folder has a name that says nothing.
func names(t *tree) []string {
	empty := regexp.MustCompile(`^(pkg|utils?|helpers?|common|base|types|models|services|handlers|managers?|config|mocks?|misc|lib|shared)$`)
	var problems []string
	for _, f := range t.files {
		for dir := f.dir(); dir != "."; dir = path.Dir(dir) {
			p := dir + ": name a package for what it gives"
			if empty.MatchString(path.Base(dir)) && !slices.Contains(problems, p) {
				problems = append(problems, p)
			}
		}
	}
	return problems
}

// words checks that no file names a place on somebody's machine, a package
// registry or a network at home, and that nothing is left for later. The
// patterns are written in pieces so that this file keeps its own rule.
func words(t *tree) []string {
	patterns := []*regexp.Regexp{
		regexp.MustCompile(`(?:^|[\s"'(=:])/(?:` + `work|root|Users|tmp)/[\w.-]+`),
		regexp.MustCompile(`(?:^|[\s"'(=:])/ho` + `me/[\w.-]+`),
		regexp.MustCompile(`https?://(?:10\.\d|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+`),
		regexp.MustCompile(`\b(?:TO` + `DO|FIX` + `ME|XX` + `X)\b`),
	}
	registry := regexp.MustCompile(`(?:registry\.npmjs|proxy\.golang|sum\.golang|files\.pythonhosted|registry\.yarnpkg)\.(?:org|com)`)
	var problems []string
	for _, f := range t.files {
		for _, p := range patterns {
			problems = append(problems, f.match(p)...)
		}
		// A fact may cite what a registry says about a package.
		if !strings.HasPrefix(f.path, "content/") && f.path != "internal/repo/papers_test.go" {
			problems = append(problems, f.match(registry)...)
		}
	}
	return problems
}

// locks checks that lists of npm packages name no place to load them from: npm
// takes each from where this machine gets its packages, and checks its hash.
func locks(t *tree) []string {
	resolved := regexp.MustCompile(`"resolved": *"[^"]*"`)
	var problems []string
	for _, f := range t.files {
		if path.Base(f.path) == "package-lock.json" {
			problems = append(problems, f.match(resolved)...)
		}
	}
	return problems
}

// raw checks that text becomes markup without escaping in one place only.
func raw(t *tree) []string {
	use := regexp.MustCompile(`templ\.Raw\(`)
	var uses []string
	for _, f := range append(t.golang(false), t.ext(".templ")...) {
		uses = append(uses, f.match(use)...)
	}
	if len(uses) == 1 || len(uses) == 0 && len(t.ext(".templ")) == 0 {
		return nil
	}
	return append(uses, "templ.Raw belongs in exactly one place")
}

// rendered checks that every page, which is an exported component, is named in
// the tests of package templates.
func rendered(t *tree) []string {
	tested := map[string]bool{}
	for _, f := range t.golang(true) {
		if f.isTest() && f.dir() == "templates" {
			ast.Inspect(f.syntax, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					tested[id.Name] = true
				}
				return true
			})
		}
	}
	var problems []string
	for _, f := range t.ext(".templ") {
		for _, m := range component.FindAllStringSubmatch(f.src, -1) {
			if f.dir() == "templates" && !tested[m[2]] {
				problems = append(problems, f.path+": "+m[2]+" has no row in the render table of templates' tests")
			}
		}
	}
	return problems
}

// commands checks that what the papers tell a reader to run exists.
func commands(t *tree) []string {
	targets := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^([a-z]+):`).FindAllStringSubmatch(t.text("Makefile"), -1) {
		targets[m[1]] = true
	}
	verbs := map[string]bool{"help": true}
	verb := regexp.MustCompile(`(?m)^\s+([A-Z]\w*)\s.*\bcmd:""`)
	for _, f := range t.golang(false) {
		if strings.HasPrefix(f.path, "cmd/") {
			for _, m := range verb.FindAllStringSubmatch(f.src, -1) {
				verbs[strings.ToLower(m[1])] = true
			}
		}
	}
	made := regexp.MustCompile("(?m)(?:`|^[ \t]*)make ([a-z]+)")
	ran := regexp.MustCompile(`(?:cmd/tiebreak|\btiebreak|bin/tiebreak) (serve|check|version|help|healthcheck|[a-z]+)\b`)
	var problems []string
	for _, name := range []string{"README.md", "CONTRIBUTING.md"} {
		text := code(t.text(name))
		for _, m := range made.FindAllStringSubmatch(text, -1) {
			if !targets[m[1]] {
				problems = append(problems, name+": make "+m[1]+" is not in the Makefile")
			}
		}
		for _, m := range ran.FindAllStringSubmatch(text, -1) {
			if !verbs[m[1]] {
				problems = append(problems, name+": tiebreak "+m[1]+" is not a command")
			}
		}
	}
	return problems
}

// code returns the parts of a Markdown text set as code, one a line.
func code(text string) string {
	var out []string
	fenced := false
	inline := regexp.MustCompile("`([^`]+)`")
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "```"):
			fenced = !fenced
		case fenced || strings.HasPrefix(line, "    "):
			out = append(out, strings.TrimSpace(line))
		default:
			for _, m := range inline.FindAllStringSubmatch(line, -1) {
				out = append(out, m[1])
			}
		}
	}
	return strings.Join(out, "\n")
}

// limits of sections 11 of docs/HOUSE.md for the papers beside the code.
func papers(t *tree) []string {
	var problems []string
	for name, limit := range map[string]int{"README.md": 120, "CONTRIBUTING.md": 60} {
		for _, f := range t.files {
			if f.path == name && f.lines() >= limit {
				problems = append(problems, t.sprint(f, "has %d lines, must stay under %d", f.lines(), limit))
			}
		}
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	for _, f := range t.ext(".md") {
		if strings.HasPrefix(f.path, "content/") || strings.Contains(f.path, "testdata/") {
			continue // checked by the catalog and by the crawl of the site
		}
		for _, m := range link.FindAllStringSubmatch(f.src, -1) {
			if !t.exists(path.Join(f.dir(), m[1])) {
				problems = append(problems, f.path+": no file "+m[1])
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// goVersion checks that the image is built with the Go release that go.mod
// asks for.
func goVersion(t *tree) []string {
	want := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(t.text("go.mod"))
	got := regexp.MustCompile(`(?m)^FROM (?:\S+/)?golang:(\d+\.\d+)`).FindStringSubmatch(t.text("Dockerfile"))
	if want == nil || got == nil {
		return []string{"go.mod or Dockerfile names no Go release"}
	}
	if want[1] != got[1] {
		return []string{"Dockerfile: golang:" + got[1] + ", but go.mod says " + want[1]}
	}
	return nil
}
