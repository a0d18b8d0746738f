package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
)

const (
	lockName      = "red-vs-blue/editions/lock.yaml"
	criteriaName  = "red-vs-blue/editions/1/criteria.yaml"
	questionsName = "red-vs-blue/editions/1/questions.yaml"
)

// release releases an edition and keeps the lock file, as an editor would.
func release(t *testing.T, files fstest.MapFS, number int, date compare.Date) {
	t.Helper()
	lock, err := catalog.Release(files, "red-vs-blue", number, date)
	if err != nil {
		t.Fatalf("Release(%d): %v", number, err)
	}
	files[lockName] = &fstest.MapFile{Data: lock}
}

// replace changes one text in one file.
func replace(t *testing.T, files fstest.MapFS, name, old, text string) {
	t.Helper()
	source := string(files[name].Data)
	if !strings.Contains(source, old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(source, old, text, 1))}
}

// copyEdition opens an edition like another, with the same questions.
func copyEdition(files fstest.MapFS, from, to int) {
	for _, name := range []string{"criteria.yaml", "questions.yaml"} {
		file := *files[fmt.Sprintf("red-vs-blue/editions/%d/%s", from, name)]
		files[fmt.Sprintf("red-vs-blue/editions/%d/%s", to, name)] = &file
	}
	questions := files[fmt.Sprintf("red-vs-blue/editions/%d/questions.yaml", to)]
	questions.Data = append(slices.Clone(questions.Data), "mapping:\n  - {question: when, is: same}\n  - {question: budget, is: same}\n"...)
}

func TestRelease(t *testing.T) {
	files := valid(t)
	if e := load(t, files).All()[0].Current(); e.Released || e.Date != "2026-11-22" {
		t.Errorf("before release: released %v, date %s", e.Released, e.Date)
	}
	release(t, files, 1, "2026-11-23")
	golden(t, "testdata/lock.yaml", string(files[lockName].Data))
	if e := load(t, files).All()[0].Current(); !e.Released || e.Date != "2026-11-23" {
		t.Errorf("after release: released %v, date %s", e.Released, e.Date)
	}

	copyEdition(files, 1, 2)
	replace(t, files, "red-vs-blue/editions/2/criteria.yaml", "value: 80", "value: 70")
	c := load(t, files).All()[0]
	if c.Current().Number != 2 || c.Current().Released || !c.Edition(1).Released {
		t.Errorf("edition 2 beside a released edition 1: current %d, released %v and %v",
			c.Current().Number, c.Edition(1).Released, c.Current().Released)
	}
	release(t, files, 2, "2026-12-01")
	load(t, files)
}

func TestMapping(t *testing.T) {
	files := valid(t)
	copyEdition(files, 1, 2)
	const name = "red-vs-blue/editions/2/questions.yaml"
	replace(t, files, name, "{question: budget, is: same}",
		"question: budget\n    is: split\n    choices:\n      - {choice: short, answers: {when: later, budget: short}}")
	c := load(t, files).All()[0]
	want := []compare.Mapping{
		{Question: "when", Fate: compare.Same},
		{Question: "budget", Fate: compare.Split, Choices: []compare.SplitChoice{{
			Choice:  "short",
			Answers: []compare.NewAnswer{{Question: "when", Choice: "later"}, {Question: "budget", Choice: "short"}},
		}}},
	}
	if diff := cmp.Diff(want, c.Current().Mappings); diff != "" {
		t.Errorf("Mappings differ (-want +got):\n%s", diff)
	}
}

func TestReleaseRefuses(t *testing.T) {
	released, two, broken := valid(t), valid(t), valid(t)
	release(t, released, 1, "2026-11-23")
	copyEdition(two, 1, 2)
	replace(t, broken, criteriaName, "value: 80", "value: 800")
	both := valid(t)
	release(t, both, 1, "2026-11-23")
	copyEdition(both, 1, 2)
	for _, test := range []struct {
		files  fstest.MapFS
		slug   string
		number int
		date   compare.Date
		want   string
	}{
		{released, "red-vs-blue", 1, "2026-11-24", "edition 1 of red-vs-blue is released since 2026-11-23"},
		{two, "red-vs-blue", 2, "2026-11-24", "release edition 1 of red-vs-blue first"},
		{two, "red-vs-blue", 3, "2026-11-24", "edition 3 of red-vs-blue: not found"},
		{two, "red-vs-green", 1, "2026-11-24", `comparison "red-vs-green": not found`},
		{two, "red-vs-blue", 1, "today", `release date "today" is not a day such as 2026-11-22`},
		{both, "red-vs-blue", 2, "2026-11-22", "release date 2026-11-22 is before that of edition 1, 2026-11-23"},
		{broken, "red-vs-blue", 1, "2026-11-24", "red-vs-blue/editions/1/criteria.yaml:12: value 800 with band 790 to 800: it must be 0 <= low <= value <= high <= 100"},
	} {
		if lock, err := catalog.Release(test.files, test.slug, test.number, test.date); err == nil || err.Error() != test.want {
			t.Errorf("Release(%s, %d, %s) = %q, %v, want %s", test.slug, test.number, test.date, lock, err, test.want)
		}
	}
}

// TestFrozen makes every kind of change to a released edition.
func TestFrozen(t *testing.T) {
	const data, texts = "its results are computed from may not change", "its wording changed"
	for _, test := range []struct{ name, file, old, text, want string }{
		{"value", criteriaName, "value: 80", "value: 79\n        band: [70, 90]", data},
		{"band", criteriaName, "band: [70, 97]", "band: [71, 97]", data},
		{"scale", criteriaName, `measured: "14.6"`, `measured: "14.9"`, data},
		{"unknown", criteriaName, "        unknown: true", "        value: 50\n        band: [0, 100]\n        grade: C", data},
		{"points", questionsName, "{cover: 5}", "{cover: 6}", data},
		{"must", questionsName, "min: 60", "min: 61", data},
		{"fixed importance", questionsName, "importance: low", "importance: high", data},
		{"asked importance", questionsName, "    importance: low\n", "", data},
		{"retired", questionsName, "    importance: low\n", "    importance: low\n    retired: true\n", data},
		{"retired choice", questionsName, "number: 2, label: \"No\"", "number: 3, label: \"No\"", data},
		{"choice id", questionsName, "id: ample", "id: plenty", data},
		{"new question", questionsName, "  - id: budget", "  - id: third\n    slot: 2\n    section: time\n    text: Why?\n    help: Say.\n    choices:\n" +
			"      - {id: a, number: 1, label: A, points: {cover: 1}}\n      - {id: b, number: 2, label: B, neutral: true}\n  - id: budget", data},
		{"text", questionsName, "Is money short?", "Is money tight?", texts},
		{"label", questionsName, "label: Tonight", "label: This night", texts},
		{"help", questionsName, "Paint is sold by the litre.", "Paint is sold in litres.", texts},
		{"must reason", questionsName, "It dries too slowly.", "It is too slow.", texts},
		{"anchor", criteriaName, "zero: A day", "zero: One day", texts},
		{"why", criteriaName, "A wall that is wet", "A wet wall", texts},
		{"reason", criteriaName, "Faster than most.", "Faster than many.", texts},
		{"cell text", criteriaName, "Nobody has timed it.", "Nobody timed it.", texts},
		{"facts", criteriaName, "facts: [F-1]", "facts: [F-1, F-2]", texts},
		{"group", criteriaName, "name: The work", "name: Work", texts},
		{"option name", "red-vs-blue/comparison.yaml", "name: Blue,", "name: Azure,", texts},
		{"comment", criteriaName, "date: 2026-11-22", "# a comment\ndate: 2026-11-22", ""},
		{"colour", "red-vs-blue/comparison.yaml", "#1a4fa0", "#1a4f90", ""},
		{"order of points", questionsName, "{speed: 9, cover: 1}", "{cover: 1, speed: 9}", ""},
		{"points of 0", questionsName, "{cover: 5}", "{cover: 5, speed: 0}", ""},
		{"band spelled out", criteriaName, "grade: B", "grade: B\n        band: [70, 90]", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := valid(t)
			release(t, files, 1, "2026-11-23")
			replace(t, files, test.file, test.old, test.text)
			problems := catalog.Check(files)
			switch {
			case test.want == "" && len(problems) > 0:
				t.Errorf("Check = %v, want nothing", problems)
			case test.want != "" && !strings.Contains(problems.Error(), test.want):
				t.Errorf("Check = %v, want %q", problems, test.want)
			}
		})
	}
}

func TestErratum(t *testing.T) {
	files := valid(t)
	release(t, files, 1, "2026-11-23")
	replace(t, files, questionsName, "Is money short?", "Is money tight?")
	problems := catalog.Check(files)
	if len(problems) != 1 {
		t.Fatalf("Check = %v, want one problem", problems)
	}
	_, hash, _ := strings.Cut(problems[0].Msg, "texts: ")
	hash = strings.TrimSuffix(hash, "}")
	lock := files[lockName]
	lock.Data = fmt.Appendf(lock.Data, "    errata:\n      - {date: 2026-11-25, text: \"“short”: now tight\", texts: %s}\n", hash)

	e := load(t, files).All()[0].Current()
	want := []compare.Erratum{{Date: "2026-11-25", Text: "“short”: now tight"}}
	if diff := cmp.Diff(want, e.Errata); diff != "" {
		t.Errorf("Errata differ (-want +got):\n%s", diff)
	}
	copyEdition(files, 1, 2)
	before := string(lock.Data)
	release(t, files, 2, "2026-11-26")
	if after := string(files[lockName].Data); !strings.Contains(after, hash) || !strings.HasPrefix(after, before) {
		t.Errorf("the lock file lost something:\n%s", after)
	}
	load(t, files)
}

// TestNewOption checks that a released edition keeps its options when the
// comparison gets another.
func TestNewOption(t *testing.T) {
	files := valid(t)
	release(t, files, 1, "2026-11-23")
	replace(t, files, "red-vs-blue/comparison.yaml", "article:", "  - {id: green, name: Green, mark: square, light: \"#1a5a1a\", dark: \"#8fd08f\"}\narticle:")
	c := load(t, files).All()[0]
	if len(c.Options) != 3 || len(c.Current().Options) != 2 {
		t.Errorf("%d options in the comparison and %d in the released edition, want 3 and 2", len(c.Options), len(c.Current().Options))
	}
}
