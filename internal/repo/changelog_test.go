package repo

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

// TestChangelogPage checks that the page of changes is the one that
// CHANGELOG.md gives. -update writes it.
func TestChangelogPage(t *testing.T) {
	t.Parallel()
	const name = "../../content/pages/changelog.md"
	source, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := changelogPage(string(source))
	if err != nil {
		t.Fatalf("CHANGELOG.md: %v", err)
	}
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("content/pages/changelog.md is out of date: run make generate")
	}
}

var (
	// release is the heading of a version: its number, and its day unless it is
	// not released yet.
	release = regexp.MustCompile(`^## (?:(Unreleased)|(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d))$`)
	// kind is the heading of a part of a version.
	kind = regexp.MustCompile(`^### ([A-Z][A-Za-z ]*)$`)
)

// changelogPage turns a changelog into a page of the site: the title goes into
// the front matter, what has no entries goes, and every heading gets an anchor
// of its own, since the same parts come again in every version.
func changelogPage(source string) (string, error) {
	const title = "# Changelog\n\n"
	if !strings.HasPrefix(source, title) {
		return "", fmt.Errorf("must begin with %q", title)
	}
	var body strings.Builder
	var newest, version string
	pending := "" // headings whose entries are still to come
	for i, line := range strings.Split(strings.TrimSuffix(strings.TrimPrefix(source, title), "\n"), "\n") {
		if r := release.FindStringSubmatch(line); r != nil {
			name, day := "Not in a numbered version yet", r[3]
			version = "unreleased"
			if r[1] == "" {
				if !compare.Date(day).Valid() || newest != "" && day > newest {
					return "", fmt.Errorf("line %d: %s is no day, or later than the version above", i+3, day)
				}
				name, version = "Version "+r[2]+", "+compare.Date(day).Long(), "v"+strings.ReplaceAll(r[2], ".", "-")
				if newest == "" {
					newest = day
				}
			}
			pending = "## " + name + " {#" + version + "}\n\n"
			continue
		}
		if k := kind.FindStringSubmatch(line); k != nil && version != "" {
			anchor := version + "-" + strings.ToLower(strings.ReplaceAll(k[1], " ", "-"))
			pending += "### " + k[1] + " {#" + anchor + "}\n\n"
			continue
		}
		if strings.HasPrefix(line, "#") {
			return "", fmt.Errorf("line %d: %q is no heading of a version, such as ## 1.2.3 - 2026-01-31, or of a part", i+3, line)
		}
		if pending != "" && line == "" {
			continue
		}
		body.WriteString(pending + line + "\n")
		pending = ""
	}
	if newest == "" {
		return "", fmt.Errorf("no version with a day")
	}
	return "---\ntitle: What changed\nsummary: Every version of this site and what came with it.\nupdated: " +
		newest + "\n---\n\n" + body.String(), nil
}

func TestChangelogPageForms(t *testing.T) {
	t.Parallel()
	const front = "---\ntitle: What changed\nsummary: Every version of this site and what came with it.\nupdated: 2026-12-01\n---\n\n"
	for _, tt := range []struct{ name, source, want, err string }{
		{
			"two versions", "# Changelog\n\nHello.\n\n## Unreleased\n\n## 1.1.0 - 2026-12-01\n\nSecond.\n\n### What it does\n\n- More.\n\n## 1.0.0 - 2026-11-01\n\n### What it does\n\n- Some.\n",
			front + "Hello.\n\n## Version 1.1.0, 1 December 2026 {#v1-1-0}\n\nSecond.\n\n### What it does {#v1-1-0-what-it-does}\n\n- More.\n\n" +
				"## Version 1.0.0, 1 November 2026 {#v1-0-0}\n\n### What it does {#v1-0-0-what-it-does}\n\n- Some.\n", "",
		},
		{
			"unreleased", "# Changelog\n\n## Unreleased\n\n- Soon.\n\n## 1.0.0 - 2026-12-01\n\n- First.\n",
			front + "## Not in a numbered version yet {#unreleased}\n\n- Soon.\n\n## Version 1.0.0, 1 December 2026 {#v1-0-0}\n\n- First.\n", "",
		},
		{"no title", "## 1.0.0 - 2026-12-01\n\n- First.\n", "", "must begin"},
		{"no version", "# Changelog\n\n## Unreleased\n\n- Soon.\n", "", "no version"},
		{"no such day", "# Changelog\n\n## 1.0.0 - 2026-02-30\n\n- First.\n", "", "line 3: 2026-02-30 is no day"},
		{"wrong order", "# Changelog\n\n## 1.0.0 - 2026-11-01\n\n- A.\n\n## 1.1.0 - 2026-12-01\n\n- B.\n", "", "line 7: 2026-12-01 is no day, or later"},
		{"another heading", "# Changelog\n\n## Soon\n", "", `line 3: "## Soon" is no heading`},
		{"a part without a version", "# Changelog\n\n### Added\n", "", "is no heading"},
	} {
		got, err := changelogPage(tt.source)
		if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
