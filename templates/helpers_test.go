package templates

import (
	"testing"

	"tiebreak/internal/compare"
	"tiebreak/internal/report"
	"tiebreak/internal/score"
)

const (
	base  = "https://site.example"
	today = compare.Date("2026-11-23")
)

// drinks is a small comparison of three options with two editions, the older
// one released. Its texts hold what markup would trip over.
func drinks() *compare.Comparison {
	options := []compare.Option{
		{ID: "tea", Name: "Tea", Mark: compare.Disc, Light: "#1b5e20", Dark: "#a5d6a7"},
		{ID: "coffee", Name: "Coffee <strong>", Mark: compare.Diamond, Light: "#4e342e", Dark: "#d7ccc8"},
		{ID: "mate", Name: "Mate & more", Mark: compare.Triangle, Light: "#0d47a1", Dark: "#90caf9"},
	}
	c := &compare.Comparison{
		Slug: "tea-vs-coffee-vs-mate", Title: "Tea vs Coffee vs Mate", Summary: "Three drinks for the night.",
		Finding: "Tea is fast, coffee is cheap & mate is “between”.", Updated: "2026-11-20", Options: options,
		Topics: []compare.Topic{{ID: "effect", Name: "Effect"}, {ID: "cost", Name: "Cost"}, {ID: "none", Name: "Nothing known"}},
		Facts:  drinkFacts(),
		Article: compare.Article{
			Title: "Tea, coffee or mate", Summary: "What the three do to a night.", Words: 700, Checked: "2026-11-20",
			Body:     `<h2 id="what">What they do</h2><p>They keep awake.<sup><a id="ref-D-1-1" href="#cite-D-1">1</a></sup></p>`,
			Headings: []compare.Heading{{Level: 2, ID: "what", Text: "What they do"}, {Level: 3, ID: "more", Text: "More"}},
			Cited:    []string{"D-1"},
		},
		Editions: []*compare.Edition{drinkEdition(options), drinkEdition(options)},
		Contradictions: []compare.Contradiction{
			{ID: "shake", Text: "Who wants <both> & steady hands?", Between: []compare.Side{{Question: "goal", Choices: []string{"fast", "even"}}, {Question: "hands", Choices: []string{"steady"}}}},
			{ID: "rare", Text: "Nobody says so.", Between: []compare.Side{{Question: "goal", Choices: []string{"even"}}, {Question: "night", Choices: []string{"long"}}}},
		},
	}
	then, now := c.Editions[0], c.Editions[1]
	then.Number, then.Date, then.Released = 1, "2026-10-01", true
	then.Questions = then.Questions[:3:3]
	now.Questions[2].Retired = true
	then.Criteria[1].Cells[0].Value, then.Criteria[1].Cells[0].Lo = 45, 40
	now.Mappings = []compare.Mapping{
		{Question: "goal", Fate: compare.Same}, {Question: "purse", Fate: compare.Same}, {Question: "cup", Fate: compare.Retired},
	}
	return c
}

func drinkFacts() []compare.Fact {
	return []compare.Fact{
		{
			ID: "D-1", Topic: "effect", Statement: "A cup of tea works in 20 minutes.", Strength: compare.Measured,
			Sources: []compare.Source{{Title: "Cups & minutes", Publisher: "Institute", URL: "https://drinks.example/cups?a=1&b=2", Date: "2026-08-05"}},
			Checked: "2026-11-01", ReviewBy: "2027-05-01",
		},
		{
			ID: "D-2", Topic: "cost", Statement: "Coffee costs less than tea.", Strength: compare.Survey, Secondary: true, Doubt: "Prices move.",
			Sources: []compare.Source{
				{Title: "Prices", Publisher: "Market", URL: "https://market.example/", Date: "2026-09"},
				{Title: "Old prices", Publisher: "Market", URL: "https://market.example/old", Date: "undated"},
			},
			Checked: "2026-11-01", ReviewBy: "2026-11-22",
		},
		{
			ID: "D-3", Topic: "effect", Statement: "Nobody sells <tea> at night.", Strength: compare.Opinion,
			Sources: []compare.Source{{Title: "Night", Publisher: "Blog", URL: "https://blog.example/night", Date: "2025"}},
			Checked: "2026-11-01", ReviewBy: "2027-05-01",
		},
	}
}

func drinkEdition(options []compare.Option) *compare.Edition {
	must := compare.Mandatory
	cell := func(option string, value int, facts ...string) compare.Cell {
		return compare.Cell{
			Option: option, Value: value, Lo: value - 5, Hi: value + 5, Grade: "A",
			Text: "What is so for " + option + ".", Reason: "So, and <not> otherwise.", Facts: facts,
		}
	}
	unknown := compare.Cell{Option: "mate", Unknown: true, Value: 50, Hi: 100, Text: "Nobody knows.", Reason: "No source.", Facts: []string{"D-1"}}
	return &compare.Edition{
		Comparison: "tea-vs-coffee-vs-mate", Number: 2, Date: "2026-11-20", Options: options,
		Groups: []compare.Group{{ID: "effect", Name: "Effect"}, {ID: "money", Name: "Money"}},
		Criteria: []compare.Criterion{
			{
				ID: "speed", Group: "effect", Name: "Speed", Why: "The night is short.", Zero: "An hour", Hundred: "At once",
				Cells: []compare.Cell{cell("tea", 90, "D-1"), cell("coffee", 60, "D-1"), cell("mate", 30, "D-1", "D-2")},
			},
			{
				ID: "cost", Group: "money", Name: "Cost", Why: "It is drunk daily.", Zero: "Dear", Hundred: "Free",
				Cells: []compare.Cell{cell("tea", 40, "D-2"), cell("coffee", 80, "D-2"), cell("mate", 60, "D-2")},
			},
			{
				ID: "care", Group: "effect", Name: "Care", Why: "Hands must not shake.", Zero: "Shaking", Hundred: "Steady",
				Cells: []compare.Cell{cell("tea", 70, "D-1"), cell("coffee", 70, "D-1"), unknown},
			},
		},
		Sections: []compare.Section{{ID: "you", Name: "You"}, {ID: "home", Name: "Your home"}},
		Questions: []compare.Question{
			{ID: "goal", Slot: 0, Section: "you", Text: "What is it for?", Help: "Think of tonight.", Choices: []compare.Choice{
				{ID: "fast", Number: 1, Label: "To be awake <soon>", Points: []compare.Points{{Criterion: "speed", N: 8}}, Musts: []compare.Must{{Criterion: "speed", Min: 80, Reason: "It works too slowly."}}},
				{ID: "cheap", Number: 2, Label: "To save money", Points: []compare.Points{{Criterion: "cost", N: 8}}},
				{ID: "even", Number: 3, Label: "A bit of both", Points: []compare.Points{{Criterion: "speed", N: 4}, {Criterion: "cost", N: 3}}, Musts: []compare.Must{{Criterion: "cost", Min: 90, Reason: "Nothing is that cheap."}}},
			}},
			{ID: "purse", Slot: 1, Section: "you", Text: "Is money short?", Choices: []compare.Choice{
				{ID: "yes", Number: 1, Label: "Yes", Points: []compare.Points{{Criterion: "cost", N: 2}}},
				{ID: "no", Number: 2, Label: "No", Points: []compare.Points{{Criterion: "speed", N: 2}}},
				{ID: "same", Number: 3, Label: "It does not matter", Neutral: true},
			}},
			{ID: "cup", Slot: 2, Section: "home", Text: "Which cup?", Choices: []compare.Choice{
				{ID: "big", Number: 1, Label: "Big", Points: []compare.Points{{Criterion: "speed", N: 3}}},
				{ID: "small", Number: 2, Label: "Small", Points: []compare.Points{{Criterion: "care", N: 3}}},
			}},
			{ID: "hands", Slot: 3, Section: "home", Text: "Must hands be steady?", Fixed: &must, Choices: []compare.Choice{
				{ID: "steady", Number: 1, Label: "They must", Points: []compare.Points{{Criterion: "care", N: 1}}, Musts: []compare.Must{{Criterion: "care", Min: 60, Reason: "They shake."}}},
				{ID: "any", Number: 2, Label: "No matter", Neutral: true},
			}},
			{ID: "night", Slot: 4, Section: "home", Text: "How long is the night?", Choices: []compare.Choice{
				{ID: "short", Number: 1, Label: "Short", Points: []compare.Points{{Criterion: "speed", N: 5}}},
				{ID: "long", Number: 2, Label: "Long", Points: []compare.Points{{Criterion: "care", N: 5}}},
			}},
			{ID: "often", Slot: 5, Section: "home", Text: "How often?", Choices: []compare.Choice{
				{ID: "daily", Number: 1, Label: "Daily", Points: []compare.Points{{Criterion: "speed", N: 2}}},
				{ID: "never", Number: 2, Label: "Never", Neutral: true},
			}},
		},
	}
}

// two leaves the first two options of a comparison.
func two(c *compare.Comparison) *compare.Comparison {
	c.Slug, c.Title, c.Options = "tea-vs-coffee", "Tea vs Coffee", c.Options[:2]
	for _, e := range c.Editions {
		e.Comparison, e.Options = c.Slug, c.Options
		for i := range e.Criteria {
			e.Criteria[i].Cells = e.Criteria[i].Cells[:2]
		}
	}
	return c
}

// answers reads "goal fast high" and so on.
func answers(t testing.TB, e *compare.Edition, given ...string) compare.Answers {
	t.Helper()
	reader := compare.Reader{Answers: map[string]string{}}
	for i := 0; i < len(given); i += 2 {
		reader.Answers[given[i]] = given[i+1]
	}
	a, err := reader.AnswersTo(e)
	if err != nil {
		t.Fatalf("answers %v: %v", given, err)
	}
	return a
}

// reported runs answers through the model.
func reported(c *compare.Comparison, d compare.Decoded) *report.Report {
	return reportedOn(c, d, today)
}

func reportedOn(c *compare.Comparison, d compare.Decoded, day compare.Date) *report.Report {
	a := d.Answers
	return reportSheet(c, a.Edition(), day).Report(d, score.Decide(a.Edition(), a))
}

func reportSheet(c *compare.Comparison, e *compare.Edition, day compare.Date) *report.Sheet {
	return report.NewSheet("Site", c, e, day, report.Links{
		Site: base + HomePath, Article: base + ArticlePath(c), Method: base + MethodPath, Schema: base + SchemaPath,
		Result:    func(code string) string { return base + ResultCodePath(c, code) },
		Export:    func(code, form string) string { return base + ExportCodePath(c, code, form) },
		Change:    func(code, question string) string { return base + ChangeCodePath(c, code, question) },
		Criterion: func(id string) string { return base + CriterionPath(c, id) },
		Fact:      func(id string) string { return base + FactPath(c, id) },
	})
}

func result(t testing.TB, c *compare.Comparison, given ...string) ResultData {
	t.Helper()
	a := answers(t, c.Current(), given...)
	return shownOn(c, compare.Decoded{Answers: a, Asked: a.Edition().Number}, today)
}

// shownOn is the result of some answers as its page shows it on a day.
func shownOn(c *compare.Comparison, d compare.Decoded, day compare.Date) ResultData {
	return ResultData{
		Sheet:  NewResultSheet(Head{Site: site(), Comparison: c}, d.Answers.Edition(), day),
		Report: reportedOn(c, d, day),
	}
}

func joint(t testing.TB, c *compare.Comparison, people ...compare.Answers) TogetherData {
	t.Helper()
	var codes, names []string
	for i, a := range people {
		codes, names = append(codes, a.Code()), append(names, []string{"Ana <b>", "", "Cem"}[i])
	}
	link := TogetherPath(c, codes, names)
	return TogetherData{Comparison: c, Text: "Ana <b>: " + codes[0], Joint: report.Together(report.JointInput{
		Sheet:    reportSheet(c, people[0].Edition(), today),
		Joint:    score.New(people[0].Edition()).Together(people),
		Names:    names,
		Link:     base + link,
		Together: func(form string) string { return base + TogetherExportPath(c, form, codes, names) },
	})}
}
