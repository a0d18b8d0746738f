package templates

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

func TestThousands(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		0: "0", 7: "7", 99: "99", 999: "999", 1000: "1,000", 1001: "1,001", 16384: "16,384", 100000: "100,000", 999999: "999,999", 1234567: "1,234,567", 1000000000: "1,000,000,000",
	} {
		if got := compare.Thousands(n); got != want {
			t.Errorf("compare.Thousands(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 facts", 1: "1 fact", 2: "2 facts", 1500: "1,500 facts"} {
		if got := count(n, "fact", "facts"); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
	if noun(1, "is", "are") != "is" || noun(0, "is", "are") != "are" || noun(2, "is", "are") != "are" {
		t.Error("noun does not pick the form")
	}
}

func TestOptionNames(t *testing.T) {
	t.Parallel()
	options := drinks().Options
	for n, want := range map[int]string{2: "Tea and Coffee <strong>", 3: "Tea, Coffee <strong> and Mate & more"} {
		if got := optionNames(options[:n], "and"); got != want {
			t.Errorf("optionNames of %d = %q, want %q", n, got, want)
		}
	}
}

func TestImportanceWords(t *testing.T) {
	t.Parallel()
	var words, titles []string
	for _, i := range compare.Importances() {
		words, titles = append(words, i.Word()), append(titles, importanceTitle(i))
	}
	if diff := cmp.Diff([]string{"less", "normal", "more", "must"}, words); diff != "" {
		t.Errorf("Word (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Less", "Normal", "More", "Must"}, titles); diff != "" {
		t.Errorf("importanceTitle (-want +got):\n%s", diff)
	}
}

func TestStrengthWords(t *testing.T) {
	t.Parallel()
	var words []string
	for _, s := range compare.Strengths() {
		words = append(words, strengthWord(s))
	}
	if diff := cmp.Diff([]string{"Measured here", "Official", "Third party", "Survey", "Opinion"}, words); diff != "" {
		t.Errorf("strengthWord (-want +got):\n%s", diff)
	}
}

func TestSourceDate(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]string{
		"2026-08-05": "5 August 2026", "2026-08-01": "1 August 2026", "2026-08-11": "11 August 2026", "2026-08": "August 2026", "2026-11": "November 2026",
		"2026": "2026", "1999": "1999", "undated": "undated",
	} {
		if got := sourceDate(compare.Source{Date: date}); got != want {
			t.Errorf("sourceDate(%q) = %q, want %q", date, got, want)
		}
	}
}

func TestContactText(t *testing.T) {
	t.Parallel()
	for contact, want := range map[string]string{
		"mailto:a@b.example": "a@b.example", "https://b.example/contact": "b.example/contact", "a@b.example": "a@b.example", "": "",
	} {
		if got := contactText(contact); got != want {
			t.Errorf("contactText(%q) = %q, want %q", contact, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	sixty := strings.Repeat("é", 60)
	for name, want := range map[string]string{"": "", "a": "a", sixty: sixty, sixty + "x": sixty + "…"} {
		if got := shorten(name); got != want {
			t.Errorf("shorten(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestHundredths(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0.00", 5: "0.05", -5: "-0.05", 100: "1.00", -1234: "-12.34", 54000: "540.00"} {
		if got := hundredths(new(compare.Prose), n); got != want {
			t.Errorf("hundredths(%d) = %q, want %q", n, got, want)
		}
	}
}

// Every step of the filter is offered once, in order, the one in use among them.
func TestSteps(t *testing.T) {
	t.Parallel()
	for differ := range 101 {
		steps := TableData{Differ: differ}.steps()
		if !slices.IsSorted(steps) || len(slices.Compact(slices.Clone(steps))) != len(steps) {
			t.Errorf("steps for %d = %v, want each once and in order", differ, steps)
		}
		if differ > 0 && !slices.Contains(steps, differ) {
			t.Errorf("steps for %d = %v, want it among them", differ, steps)
		}
		if extra := len(steps) - 5; extra < 0 || extra > 1 {
			t.Errorf("steps for %d = %v, want the five and at most one more", differ, steps)
		}
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		head Head
		want string
	}{
		{Head{}, "Tiebreak"},
		{Head{Title: "About"}, "About – Tiebreak"},
		{Head{Title: "About", Site: &compare.Site{Name: "Site"}}, "About – Site"},
		{Head{Title: "Site", Site: &compare.Site{Name: "Site"}}, "Site"},
		{Head{Title: "", Site: &compare.Site{Name: "Site"}}, "Site"},
	} {
		if got := tt.head.fullTitle(); got != tt.want {
			t.Errorf("fullTitle of %q = %q, want %q", tt.head.Title, got, tt.want)
		}
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	c := drinks()
	a := answers(t, c.Current(), "goal", "fast.high")
	code := a.Code()
	const slug = "/tea-vs-coffee-vs-mate"
	for got, want := range map[string]string{
		PagePath("about"):                     "/about",
		ArticlePath(c):                        slug,
		TablePath(c):                          slug + "/table",
		TableFilterPath(c, "", 0):             slug + "/table?",
		TableFilterPath(c, "a b", 5):          slug + "/table?differ=5&group=a+b",
		TableDataPath(c, "csv"):               slug + "/table.csv",
		CriterionPath(c, "cost"):              slug + "/table#cost",
		SourcesPath(c):                        slug + "/sources",
		FactPath(c, "D-1"):                    slug + "/sources#D-1",
		QuestionsPath(c):                      slug + "/questions",
		QuestionPath(c, "goal"):               slug + "/questions#goal",
		ChangePath(c, a, ""):                  slug + "/questions?from=" + code,
		ChangePath(c, a, "goal"):              slug + "/questions?from=" + code + "#goal",
		ScorePath(c, a):                       slug + "/score?goal=fast.high",
		ScorePath(c, c.Current().NoAnswers()): slug + "/score",
		ResultPath(c, a):                      slug + "/result/" + code,
		ExportPath(c, a, "md"):                slug + "/result/" + code + ".md",
		TogetherPath(c, nil, nil):             slug + "/together",
		TogetherPath(c, []string{"1"}, nil):   slug + "/together?r=1",
		TogetherExportPath(c, "md", nil, nil): slug + "/together.md",
		TogetherPath(c, []string{"1", "2"}, []string{"A&b", ""}): slug + "/together?n=A%26b&n=&r=1&r=2",
	} {
		if got != strings.TrimSuffix(want, "?") {
			t.Errorf("path %q, want %q", got, want)
		}
	}
	// A question that is no longer asked, or is of an older edition, has no
	// place on the form.
	for _, question := range []string{"cup", "nothing"} {
		if got, want := ChangePath(c, a, question), ChangePath(c, a, ""); got != want {
			t.Errorf("ChangePath to %s = %q, want %q", question, got, want)
		}
	}
}

// The beam leans to the option ahead, which stands left or right by the order
// of the comparison; each bar grows towards the option it speaks for.
func TestDrawings(t *testing.T) {
	t.Parallel()
	c := two(drinks())
	for _, tt := range []struct {
		given      []string
		tilt, bars string
	}{
		{[]string{"goal", "fast"}, "-", "left"},
		{[]string{"goal", "cheap"}, "", "right"},
	} {
		data := result(t, c, tt.given...)
		v := viewOf(data.Report.Balance, new(compare.Prose))
		if strings.HasPrefix(v.Tilt, "-") != (tt.tilt == "-") || v.Tilt == "0.00" {
			t.Errorf("%v: tilt %s", tt.given, v.Tilt)
		}
		html := render(t, Result(resultHead(c, ResultPath(c, data.Report.Given)), data))
		x := map[string]string{"left": "2", "right": "100"}[tt.bars]
		if want := `<rect x="` + x + `" y="2" width="98"`; strings.Count(html, want) != 2 || strings.Count(html, "<rect ") != 2 {
			t.Errorf("%v: want the bars of the answer and the criterion full to the %s", tt.given, tt.bars)
		}
	}
	if x, width := barOf(0, 10, true); width != 0 {
		t.Errorf("bar of nothing begins at %d and is %d wide, want none", x, width)
	}
	if x, width := barOf(-1, 100_000, true); x != 99 || width != 1 {
		t.Errorf("bar of next to nothing begins at %d and is %d wide, want the thinnest", x, width)
	}
}

func TestTrack(t *testing.T) {
	t.Parallel()
	e := drinks().Current()
	v := trackOf(e, &e.Criteria[2])
	want := []trackMark{
		{Option: e.Options[0], X: 150, Y: 9, BandX: 140, Band: 20},
		{Option: e.Options[1], X: 150, Y: 23, BandX: 140, Band: 20},
		{Option: e.Options[2], X: 110, Y: 37, BandX: 10, Band: 200, Unknown: true},
	}
	if diff := cmp.Diff(want, v.Options); diff != "" {
		t.Errorf("track (-want +got):\n%s", diff)
	}
	if v.Text != "Tea 70 (65 to 75); Coffee <strong> 70 (65 to 75); Mate & more unknown" || v.box() != "0 0 220 50" {
		t.Errorf("track says %q in %q", v.Text, v.box())
	}
}

func TestSourceEnd(t *testing.T) {
	t.Parallel()
	two := make([]compare.Source, 2)
	for _, tt := range []struct {
		fact compare.Fact
		want []string
	}{
		{compare.Fact{Sources: two}, []string{";", "."}},
		{compare.Fact{Sources: two, Secondary: true}, []string{";", ". Read in a quotation, not in the source itself."}},
		{compare.Fact{Sources: two[:1]}, []string{"."}},
	} {
		for i, want := range tt.want {
			if got := sourceEnd(&tt.fact, i); got != want {
				t.Errorf("after source %d of %d: %q, want %q", i+1, len(tt.fact.Sources), got, want)
			}
		}
	}
}

func TestSections(t *testing.T) {
	t.Parallel()
	if got := sections([]compare.Heading{{Level: 2}, {Level: 3}, {Level: 3}, {Level: 2}}); got != 2 {
		t.Errorf("sections = %d, want 2", got)
	}
}
