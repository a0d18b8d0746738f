package catalog_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
)

func TestUnproven(t *testing.T) {
	fact := &compare.Fact{
		Statement: "Node.js 24.12.0 answered 47,917 requests, and 41% of 62.0% came late.",
		Values:    []compare.Value{{Name: "late", Text: "12", Unit: "%"}, {Name: "size", Text: "over 1,000", Unit: "KB"}},
	}
	tests := []struct{ text, want string }{
		// Names, versions and sections.
		{"Node.js 24, Python 3.13 and 3.14, PEP 703, Django 4.2 to 5.1, or version 2.", ""},
		{"HTTP/1.1, ES2022, UTF-8, x86-64, p99 and \ue000 12.", ""},
		{"See section 2 and step 3. (Python 3 too.)", ""},
		{"In 20 cases", "20"},
		{"About 20. The 30.", "20 30"},
		{"Express 68 packages, Express 5", "68"},
		{"Node.js 24 and 43 packages", "43"},
		{"Hono 2%", "2%"},
		// Days, months and years.
		{"On 5 August 2026, in May 2024, since 2025, by 2026-11-22, in the 1990s.", ""},
		{"5 Augustans and 2,024 of 20245", "5 2,024 20245"},
		// Phrases and expressions.
		{"from 0 to 100 on a 64-bit machine with max=5", ""},
		{"from 1 to 100", "1 100"},
		// What the fact has.
		{"24.12, 24.12.0, 47,917, 47917, 41%, 41 %, 62%, 62.0\u00a0%, 12, 12 %, 1,000", ""},
		{"24.1", "24.1"},
		{"7,917 and 4 and 47", "7,917 4 47"},
		{"47917%", "47917%"},
		{"41.5 %", "41.5 %"},
	}
	for _, tt := range tests {
		got := catalog.Unproven(tt.text, fact)
		if !slices.Equal(got, strings.Split(tt.want, " ")) && strings.Join(got, " ") != tt.want {
			t.Errorf("Unproven(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := catalog.Unproven("47,917"); len(got) != 1 {
		t.Errorf("without facts, Unproven = %q", got)
	}
}

// TestFilledTexts checks that figures in claims and cells are printed, and that
// a figure that changes leaves a released edition as it was released.
func TestFilledTexts(t *testing.T) {
	files := valid(t)
	replace(t, files, criteriaName, "text: Dry in an hour and a half.", `text: "Dry in {=F-1}, or about {=F-1.minutes~}."`)
	replace(t, files, criteriaName, "reason: Faster than most.", `reason: "{=F-1} is fast."`)
	replace(t, files, "red-vs-blue/claims.yaml", "why: It took less than that where it was measured.", `why: "It took {=F-1}."`)
	release(t, files, 1, "2026-11-23")
	texts := func() []string {
		c := load(t, files).All()[0]
		cell := c.Current().Criteria[0].Cells[0]
		return []string{cell.Text, cell.Reason, c.Claims[0].Why}
	}
	if got, want := texts(), []string{"Dry in 90 min, or about 90.", "90 min is fast.", "It took 90 min."}; !slices.Equal(got, want) {
		t.Errorf("texts = %q, want %q", got, want)
	}
	replace(t, files, "red-vs-blue/facts.yaml", `value: "90"`, `value: "95"`)
	if got, want := texts(), []string{"Dry in 95 min, or about 95.", "95 min is fast.", "It took 95 min."}; !slices.Equal(got, want) {
		t.Errorf("after the fact changed, texts = %q, want %q", got, want)
	}
	replace(t, files, criteriaName, "or about", "or nearly")
	if got := catalog.Check(files); len(got) != 1 || !strings.Contains(got[0].Msg, "its wording changed") {
		t.Errorf("Check of a reworded edition = %v", got)
	}
}

func TestSupportEnded(t *testing.T) {
	files := valid(t)
	replace(t, files, "red-vs-blue/facts.yaml", `{name: minutes, value: "90", unit: min}`, `{name: minutes, value: "90", unit: min}
      - {name: end, value: "30 April 2029"}`)
	replace(t, files, "red-vs-blue/article.md", "{=F-1}", "{=F-1.minutes}")
	replace(t, files, "red-vs-blue/comparison.yaml", `dark: "#ff9c8f"}`,
		`dark: "#ff9c8f", support: {version: Red 26, ends: 2029-04-30, fact: F-1}}`)
	c := load(t, files)
	const line = "red-vs-blue/comparison.yaml:6: support for Red 26 ended on 30 April 2029, by fact F-1: name the version to start with today"
	if got := c.Stale("2029-04-30").Error(); strings.Contains(got, "Red 26") {
		t.Errorf("Stale on the last day = %s", got)
	}
	if got := c.Stale("2029-05-01"); len(got) != 3 || got[0].String() != line {
		t.Errorf("Stale on the day after = %v, want %s", got, line)
	}
}

// TestNumerals reads numbers as the form does that says what a numeral is.
func TestNumerals(t *testing.T) {
	form := regexp.MustCompile(`[0-9]+(?:[.,:][0-9]+)*(?:[ \x{a0}]?%)?`)
	type tester interface {
		Helper()
		Errorf(format string, args ...any)
	}
	same := func(t tester, text string) {
		t.Helper()
		if diff := cmp.Diff(form.FindAllString(text, -1), catalog.Numerals(text)); diff != "" {
			t.Errorf("Numerals(%q) (-want +got):\n%s", text, diff)
		}
	}
	for _, text := range []string{
		"", "1", "a1b", "1.2.3,4:5", "1..2", "1.,2", ".5", "5.", "9%", "9 %", "9\u00a0%", "9  %", "9.%", "9. %", "1,%", "٣", "12\u00a03 %4%",
	} {
		same(t, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		same(t, rapid.StringOf(rapid.SampledFrom([]rune("09.,:% \u00a0a\ue000"))).Draw(t, "text"))
	})
}
