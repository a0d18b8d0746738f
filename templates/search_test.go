package templates

import (
	"testing"

	"tiebreak/internal/compare"
)

func searches(c, pair *compare.Comparison) []fixture {
	page := func(data SearchData) fixture {
		data.Comparisons = []*compare.Comparison{c, pair}
		return fixture{"Search", "", Search(head(nil, SearchPath), data)}
	}
	named := func(name string, f fixture) fixture {
		f.name = name
		return f
	}
	groups := []SearchGroup{
		{ID: "found-section", Name: "Article", Hits: []SearchHit{
			{Path: SectionPath(c, "what"), Title: []SearchPiece{{"What ", false}, {"<they>", true}, {" do", false}}, Where: c.Title, Snippet: []SearchPiece{{"They ", false}, {"<b>keep</b>", true}, {" awake & warm", false}}},
			{Path: SectionPath(c, ""), Title: []SearchPiece{{"All of it", false}}},
		}},
		{ID: "found-fact", Name: "Facts", More: true, Hits: []SearchHit{{Path: FactPath(c, "D-1"), Title: []SearchPiece{{"D-1", true}}}}},
	}
	return []fixture{
		page(SearchData{}),
		named("found", page(SearchData{Query: `"keep" <all>`, Groups: groups})),
		named("one", page(SearchData{Query: "D-1", Bad: "Too <long>.", Loose: true, Groups: groups[1:]})),
		named("none", page(SearchData{Query: "zebra"})),
	}
}

func TestSearchSays(t *testing.T) {
	t.Parallel()
	one, two := SearchGroup{Hits: make([]SearchHit, 1)}, SearchGroup{Hits: make([]SearchHit, 2), More: true}
	for want, data := range map[string]SearchData{
		"1 place.": {Groups: []SearchGroup{one}},
		"More than 3 places; the best of each kind are shown.":     {Groups: []SearchGroup{one, two}},
		"No place has all these words. This one has some of them.": {Groups: []SearchGroup{one}, Loose: true},
		"No place has all these words. These have some of them.":   {Groups: []SearchGroup{two}, Loose: true},
	} {
		if got := data.said(); got != want {
			t.Errorf("said() = %q, want %q", got, want)
		}
	}
	if one.size() != "1" || two.size() != "2 and more" {
		t.Errorf("sizes %q and %q", one.size(), two.size())
	}
}

// The way goes through all pages that a comparison has, and back; the questions
// lead to their result.
func TestWays(t *testing.T) {
	t.Parallel()
	c := drinks()
	bare := []string{ArticlePath(c), TablePath(c), QuestionsPath(c), SourcesPath(c)}
	full := drinks()
	full.Claims, full.Measurements = make([]compare.Claim, 1), make([]compare.Measurement, 1)
	for _, tt := range []struct {
		c    *compare.Comparison
		want []string
	}{{c, bare}, {full, []string{ArticlePath(c), TablePath(c), ClaimsPath(c), MeasurementsPath(c), QuestionsPath(c), SourcesPath(c)}}} {
		last := ""
		for i, path := range tt.want {
			before, next := Head{Comparison: tt.c, Here: path}.neighbours()
			want := "" // nothing leads on beside the button that ends the questions
			if i+1 < len(tt.want) && path != QuestionsPath(c) {
				want = tt.want[i+1]
			}
			if before.path != last || next.path != want {
				t.Errorf("%s stands between %q and %q", path, before.path, next.path)
			}
			last = path
		}
	}
	for _, h := range []Head{{}, {Comparison: c, Here: "/elsewhere"}, {Here: ArticlePath(c)}} {
		if before, next := h.neighbours(); before.path != "" || next.path != "" {
			t.Errorf("%q stands between %q and %q, want nothing", h.Here, before.path, next.path)
		}
	}
}
