package compare

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLookups(t *testing.T) {
	t.Parallel()
	c := valid()
	e := c.Current()
	if e.Number != 2 || c.Edition(1).Number != 1 || c.Edition(3) != nil || c.Edition(0) != nil {
		t.Error("Current or Edition finds another edition")
	}
	if c.Fact("F-2") != &c.Facts[1] || c.Fact("F-3") != nil {
		t.Error("Fact finds another fact")
	}
	if e.Question("walls") != &e.Questions[2] || e.Question("nothing") != nil {
		t.Error("Question finds another question")
	}
	if e.QuestionAt(24).ID != "outdoors" || e.QuestionAt(5) != nil {
		t.Error("QuestionAt finds another question")
	}
	if e.Criterion("price") != &e.Criteria[1] || e.Criterion("nothing") != nil {
		t.Error("Criterion finds another criterion")
	}
	if e.Option("blue") != &e.Options[1] || e.Option("green") != nil {
		t.Error("Option finds another option")
	}
	q := e.Question("outdoors")
	if q.Choice("yes") != &q.Choices[0] || q.Choice("perhaps") != nil {
		t.Error("Choice finds another choice")
	}
	if q.Numbered(7) != &q.Choices[0] || q.Numbered(1) != nil || q.Numbered(0) != nil {
		t.Error("Numbered finds another choice")
	}
}

func ids[T any](list []*T, id func(*T) string) string {
	var all []string
	for _, x := range list {
		all = append(all, id(x))
	}
	return strings.Join(all, " ")
}

func TestLists(t *testing.T) {
	t.Parallel()
	c := valid()
	e := c.Current()
	e.Questions[4].Section = "other"
	question := func(q *Question) string { return q.ID }
	criterion := func(c *Criterion) string { return c.ID }
	choice := func(c *Choice) string { return c.ID }
	fact := func(f *Fact) string { return f.ID }
	for _, tt := range []struct{ what, got, want string }{
		{"Asked", ids(e.Asked(), question), "when budget indoors outdoors"},
		{"InSection(you)", ids(e.InSection("you"), question), "when budget outdoors"},
		{"InSection(other)", ids(e.InSection("other"), question), "indoors"},
		{"InSection(none)", ids(e.InSection("none"), question), ""},
		{"InGroup(work)", ids(e.InGroup("work"), criterion), "speed"},
		{"InGroup(none)", ids(e.InGroup("none"), criterion), ""},
		{"Offered", ids(e.Question("indoors").Offered(), choice), "yes no"},
		{"AskedAbout(speed)", ids(e.AskedAbout("speed"), question), "when indoors"},
		{"AskedAbout(price)", ids(e.AskedAbout("price"), question), "when budget outdoors"},
		{"AskedAbout(none)", ids(e.AskedAbout("none"), question), ""},
		{"FactsOn(paint)", ids(c.FactsOn("paint"), fact), "F-1"},
		{"FactsOn(none)", ids(c.FactsOn("none"), fact), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %q, want %q", tt.what, tt.got, tt.want)
		}
	}
}

// A question bears on a criterion it only sets a minimum for, and not on one
// it gives no points.
func TestAskedAboutMusts(t *testing.T) {
	t.Parallel()
	e := valid().Edition(1)
	e.Questions = []Question{
		{ID: "must", Choices: []Choice{{Number: 1, Points: []Points{{"price", 1}}, Musts: []Must{{Criterion: "speed", Min: 1}}}}},
		{ID: "zero", Choices: []Choice{{Number: 1, Points: []Points{{"speed", 0}}}}},
		{ID: "gone", Choices: []Choice{{Number: 1, Retired: true, Points: []Points{{"speed", 5}}}}},
	}
	if got := ids(e.AskedAbout("speed"), func(q *Question) string { return q.ID }); got != "must" {
		t.Errorf("AskedAbout(speed) = %q, want must", got)
	}
}

func TestSpread(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		values []int
		want   int
	}{{[]int{80, 40}, 40}, {[]int{40, 80}, 40}, {[]int{7, 7}, 0}, {[]int{0, 50, 100}, 100}, {[]int{3}, 0}, {nil, 0}} {
		c := &Criterion{}
		for _, v := range tt.values {
			c.Cells = append(c.Cells, Cell{Value: v})
		}
		if got := c.Spread(); got != tt.want {
			t.Errorf("Spread of %v = %d, want %d", tt.values, got, tt.want)
		}
	}
}

// A row names the questions that ask about it, and a question its rows.
func TestRowsAndQuestions(t *testing.T) {
	t.Parallel()
	e := valid().Current()
	row := func(c *Criterion) string { return c.ID }
	for question, want := range map[string]string{"when": "speed price", "budget": "price", "indoors": "speed", "outdoors": "price"} {
		if got := ids(e.CountsFor(e.Question(question)), row); got != want {
			t.Errorf("%s counts for %q, want %q", question, got, want)
		}
	}
	for i := range e.Criteria {
		c := &e.Criteria[i]
		for _, q := range e.Asked() {
			if there, back := slices.Contains(e.AskedAbout(c.ID), q), slices.Contains(e.CountsFor(q), c); there != back {
				t.Errorf("row %s names question %s: %v; the question names the row: %v", c.ID, q.ID, there, back)
			}
		}
	}
}

func TestUses(t *testing.T) {
	t.Parallel()
	c := valid()
	e := c.Current()
	e.Criteria[1].Cells[1].Facts = []string{"F-2"}
	c.Article.Headings = []Heading{
		{Level: 2, ID: "dry", Text: "Drying", Facts: []string{"F-1"}},
		{Level: 3, ID: "price", Text: "Price", Facts: []string{"F-2"}},
		{Level: 2, ID: "end", Text: "What to take", Facts: []string{"F-2", "F-1"}},
	}
	about := func(questions ...string) []*Question {
		var list []*Question
		for _, id := range questions {
			list = append(list, e.Question(id))
		}
		return list
	}
	want := Uses{
		Fact: "F-1", Article: true, Sections: []Heading{c.Article.Headings[0], c.Article.Headings[2]},
		Criteria: []*Criterion{&e.Criteria[0], &e.Criteria[1]}, Questions: about("when", "budget", "indoors", "outdoors"),
	}
	if diff := cmp.Diff(want, c.UsesOf("F-1")); diff != "" {
		t.Errorf("UsesOf(F-1) (-want +got):\n%s", diff)
	}
	c.Article.Cited, c.Article.Headings = nil, nil
	want = Uses{Fact: "F-2", Criteria: []*Criterion{&e.Criteria[1]}, Questions: about("when", "budget", "outdoors")}
	if diff := cmp.Diff(want, c.UsesOf("F-2")); diff != "" {
		t.Errorf("UsesOf(F-2) (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Uses{Fact: "F-3"}, c.UsesOf("F-3")); diff != "" {
		t.Errorf("UsesOf(F-3) (-want +got):\n%s", diff)
	}
}

func TestStaleRow(t *testing.T) {
	t.Parallel()
	c := valid()
	c.Facts[1].ReviewBy = "2026-12-01"
	row := &c.Current().Criteria[0]
	for _, tt := range []struct {
		facts []string
		want  bool
	}{{[]string{"F-1"}, false}, {[]string{"F-1", "F-2"}, true}, {[]string{"F-9"}, false}, {nil, false}} {
		row.Cells[1].Facts = tt.facts
		if got := c.StaleRow(row, "2026-12-02"); got != tt.want {
			t.Errorf("StaleRow with facts %v = %v, want %v", tt.facts, got, tt.want)
		}
	}
}

func TestRowSays(t *testing.T) {
	t.Parallel()
	row := Criterion{Name: "Speed", Cells: []Cell{{Value: 70}, {Unknown: true, Value: 50}}}
	if got, want := row.Says([]Option{{Name: "A"}, {Name: "B"}}), "Speed: A 70, B unknown"; got != want {
		t.Errorf("Says = %q, want %q", got, want)
	}
}

// TestChanged has an edition released after the content names its last change.
func TestChanged(t *testing.T) {
	e := Edition{Number: 1, Date: "2026-08-06"}
	c := Comparison{Updated: "2026-08-05", Editions: []*Edition{&e}}
	if got := c.Changed(); got != "2026-08-05" {
		t.Errorf("Changed() with a preview = %s, want the day of the content", got)
	}
	e.Released = true
	if got := c.Changed(); got != "2026-08-06" {
		t.Errorf("Changed() = %s, want the day of the release", got)
	}
	c.Updated = "2026-08-07"
	if got := c.Changed(); got != "2026-08-07" {
		t.Errorf("Changed() = %s, want the later day of the content", got)
	}
}
