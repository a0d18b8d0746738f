package report

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file in testdata, or rewrites it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// comparison is the worked example of SCORING.md with texts and sources.
func comparison() *compare.Comparison {
	options := []compare.Option{
		{ID: "node", Name: "Node.js", Mark: compare.Disc, Light: "#0b6e5f", Dark: "#5fd0b8"},
		{ID: "python", Name: "Python", Mark: compare.Diamond, Light: "#9a4a10", Dark: "#f2ab6b"},
	}
	cell := func(option string, value, lo, hi int, text string, facts ...string) compare.Cell {
		return compare.Cell{Option: option, Value: value, Lo: lo, Hi: hi, Text: text, Facts: facts}
	}
	must := compare.Mandatory
	e := &compare.Edition{
		Comparison: "node-vs-python", Number: 7, Date: "2026-11-20", Options: options,
		Groups: []compare.Group{{ID: "all", Name: "All"}},
		Criteria: []compare.Criterion{
			{ID: "io", Group: "all", Name: "Waiting requests", Cells: []compare.Cell{
				cell("node", 85, 75, 92, "One loop serves them all.", "F-1", "F-2"), cell("python", 60, 50, 70, "Needs an async framework.", "F-2"),
			}},
			{ID: "ml", Group: "all", Name: "Machine learning", Cells: []compare.Cell{
				cell("node", 30, 20, 40, "Bindings only.", "F-3"), cell("python", 95, 90, 98, "Where the libraries are written.", "F-3"),
			}},
			{ID: "talent", Group: "all", Name: "Finding people", Cells: []compare.Cell{
				cell("node", 80, 70, 90, "Many know it.", "F-4"), cell("python", 85, 75, 92, "A few more know it.", "F-4"),
			}},
			{ID: "startup", Group: "all", Name: "Time to start", Cells: []compare.Cell{
				cell("node", 70, 60, 80, "Under a second.", "F-1"),
				{Option: "python", Unknown: true, Lo: 0, Value: 50, Hi: 100, Text: "Nobody has measured it.", Facts: []string{"F-1"}},
			}},
		},
		Sections: []compare.Section{{ID: "all", Name: "Your case"}},
		Questions: []compare.Question{
			{ID: "workload", Slot: 0, Section: "all", Text: "What will it mostly do?", Choices: []compare.Choice{
				{ID: "wait", Number: 1, Label: "Wait for other services", Points: points("io", 8, "talent", 2)},
				{ID: "learn", Number: 2, Label: "Train models", Points: points("ml", 9)},
				{ID: "mixed", Number: 3, Label: "A bit of both", Points: points("io", 4, "ml", 4)},
			}},
			{ID: "team", Slot: 1, Section: "all", Text: "Who will write it?", Choices: []compare.Choice{
				{ID: "hire", Number: 1, Label: "People we hire", Points: points("talent", 6)},
				{ID: "us", Number: 2, Label: "The people here", Points: points("talent", 2, "startup", 3)},
			}},
			{ID: "hosting", Slot: 2, Section: "all", Text: "Where will it run?", Choices: []compare.Choice{
				{ID: "functions", Number: 1, Label: "Cloud functions", Points: points("startup", 5)},
				{ID: "servers", Number: 2, Label: "Our own servers", Points: points("io", 2, "startup", 2)},
			}},
			{ID: "data", Slot: 3, Section: "all", Text: "Must models run inside?", Choices: []compare.Choice{
				{ID: "yes", Number: 1, Label: "Yes", Points: points("ml", 3), Musts: []compare.Must{{Criterion: "ml", Min: 50, Reason: "The libraries are missing."}}},
				{ID: "no", Number: 2, Label: "No, that may be elsewhere", Points: points("ml", 1)},
			}},
			{ID: "sure", Slot: 4, Section: "all", Text: "Must it run at home?", Fixed: &must, Choices: []compare.Choice{
				{ID: "yes", Number: 1, Label: "Yes", Points: points("startup", 1), Musts: []compare.Must{{Criterion: "startup", Min: 65}}},
				{ID: "strict", Number: 2, Label: "Yes, and everybody must know it", Points: points("talent", 1), Musts: []compare.Must{{Criterion: "talent", Min: 90}}},
			}},
		},
	}
	fact := func(id, statement, review string, sources ...compare.Source) compare.Fact {
		return compare.Fact{ID: id, Topic: "all", Statement: statement, Strength: compare.Official, Checked: "2026-11-01", ReviewBy: compare.Date(review), Sources: sources}
	}
	return &compare.Comparison{
		Slug: "node-vs-python", Title: "Node.js vs Python", Options: options, Editions: []*compare.Edition{e},
		Facts: []compare.Fact{
			fact("F-1", "The loop waits for nothing.", "2027-05-01", compare.Source{Title: "The event loop", Publisher: "OpenJS", URL: "https://example.org/loop_(guide)", Date: "2026-08-05"}),
			fact("F-2", "Frameworks differ.", "2027-03-01", compare.Source{Title: "Frameworks [2026]", Publisher: "A & B", URL: "https://example.org/frameworks", Date: "2026"}),
			fact("F-3", "Libraries are written in one of the two.", "2026-11-22", compare.Source{Title: "Libraries", Publisher: "PyPI", URL: "https://example.org/libraries", Date: "undated"}),
			fact("F-4", "Both are known by many.", "2027-09-01", compare.Source{Title: "Survey", Publisher: "S", URL: "https://example.org/survey", Date: "2026-07"}),
		},
		Contradictions: []compare.Contradiction{
			{ID: "wait-and-learn", Text: "Models are not waited for.", Between: []compare.Side{
				{Question: "workload", Choices: []string{"mixed", "wait"}}, {Question: "team", Choices: []string{"us"}},
			}},
			{ID: "learn-elsewhere", Text: "A *model* runs somewhere.", Between: []compare.Side{
				{Question: "workload", Choices: []string{"learn"}}, {Question: "data", Choices: []string{"no"}},
			}},
		},
	}
}

func points(pairs ...any) []compare.Points {
	var list []compare.Points
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, compare.Points{Criterion: pairs[i].(string), N: pairs[i+1].(int)})
	}
	return list
}

// cases are answers that lead to every verdict a page must be able to show.
func cases() map[string]map[int]compare.Answer {
	return map[string]map[int]compare.Answer{
		"none":     {},
		"leans":    {0: {Choice: 1, Importance: compare.High}, 1: {Choice: 1}, 3: {Choice: 1, Importance: compare.Low}},
		"only":     {0: {Choice: 1, Importance: compare.High}, 1: {Choice: 1}, 3: {Choice: 1, Importance: compare.Mandatory}},
		"nobody":   {3: {Choice: 1, Importance: compare.Mandatory}, 4: {Choice: 2, Importance: compare.Mandatory}},
		"close":    {0: {Choice: 3}, 1: {Choice: 2}, 2: {Choice: 2}},
		"clear":    {0: {Choice: 2, Importance: compare.High}, 1: {Choice: 1}, 2: {Choice: 2, Importance: compare.Low}, 3: {Choice: 1}},
		"tie":      {0: {Choice: 1, Importance: compare.Low}, 1: {Choice: 1}, 3: {Choice: 2}},
		"unproven": {0: {Choice: 1}, 1: {Choice: 2}, 4: {Choice: 1, Importance: compare.Mandatory}},
	}
}

// caseAnswers returns the answers of a case.
func caseAnswers(c *compare.Comparison, name string) compare.Answers {
	a := c.Current().NoAnswers()
	for slot, answer := range cases()[name] {
		a = a.With(slot, answer)
	}
	return a
}

// made returns the report of a case.
func made(t *testing.T, c *compare.Comparison, name string) *Report {
	t.Helper()
	return of(t, c, caseAnswers(c, name))
}

// of returns the report of some answers, which come by their code as on the site.
func of(t testing.TB, c *compare.Comparison, a compare.Answers) *Report {
	t.Helper()
	decoded, err := c.Decode(a.Code())
	if err != nil {
		t.Fatal(err)
	}
	return sheet(c).Report(decoded, score.Decide(c.Current(), decoded.Answers))
}

func sheet(c *compare.Comparison) *Sheet {
	const base = "https://tiebreak.example/"
	return NewSheet("Tiebreak", c, c.Current(), "2026-11-23", Links{
		Site: base, Article: base + "c", Method: base + "method", Schema: base + "schema/result.json",
		Result:    func(code string) string { return base + "c/result/" + code },
		Export:    func(code, form string) string { return base + "c/result/" + code + "." + form },
		Change:    func(code, q string) string { return strings.TrimSuffix(base+"c/questions?from="+code+"#"+q, "#") },
		Criterion: func(id string) string { return base + "c/table#" + id },
		Fact:      func(id string) string { return base + "c/sources#" + id },
	})
}
