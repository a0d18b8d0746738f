package compare

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// valid returns a comparison without problems, with all it takes for every
// rule to have something to say: two editions, a question of each fate, a must
// rule, a fixed importance, retired questions and choices.
func valid() *Comparison {
	options := []Option{
		{ID: "red", Name: "Red", Mark: Disc, Light: "#a01818", Dark: "#ff9c8f"},
		{ID: "blue", Name: "Blue", Mark: Diamond, Light: "#1a4fa0", Dark: "#8fbcff"},
	}
	return &Comparison{
		Slug: "red-vs-blue", Title: "Red vs Blue", Summary: "Two paints.", Finding: "Both cover.",
		Updated: "2026-11-23", Options: options,
		Topics: []Topic{{"paint", "Paint"}, {"price", "Price"}},
		Facts: []Fact{
			{
				ID: "F-1", Topic: "paint", Statement: "Red dries in 2 hours.", Strength: Measured,
				Values:  []Value{{"hours", "2", "h"}, {"days", "0.1", "d"}},
				Sources: []Source{{"Drying", "Paint Institute", "https://paint.example/drying", "2026-08-05"}},
				Checked: "2026-11-01", ReviewBy: "2027-05-01",
			},
			{
				ID: "F-2", Topic: "price", Statement: "Blue costs 3.", Strength: Survey,
				Sources: []Source{{"Prices", "Shop", "https://shop.example/", "undated"}},
				Checked: "2026-11-01", ReviewBy: "2027-05-01",
			},
		},
		Article:  Article{Title: "Red or blue", Cited: []string{"F-2", "F-1"}, Checked: "2026-11-23", Words: 2500},
		Editions: []*Edition{firstEdition(options), secondEdition(options)},
		Readers: []Reader{{
			ID: "hurry", Name: "In a hurry", Why: "Speed is all.",
			Answers: map[string]string{"when": "tonight.must", "budget": "short"},
			Expect:  Expectation{Option: "red", Outcome: "clear"},
		}},
	}
}

func criteria() []Criterion {
	cell := func(option string, value, lo, hi int, text string) Cell {
		return Cell{Option: option, Value: value, Lo: lo, Hi: hi, Grade: "B", Text: text, Reason: "By the clock.", Facts: []string{"F-1"}}
	}
	unknown := cell("blue", 50, 0, 100, "Nobody has counted.")
	unknown.Unknown = true
	return []Criterion{
		{
			ID: "speed", Group: "work", Name: "Drying", Why: "A wet wall waits.", Zero: "A day", Hundred: "At once",
			Cells: []Cell{cell("red", 80, 70, 90, "Dry in two hours."), cell("blue", 40, 30, 50, "Dry by next morning.")},
		},
		{
			ID: "price", Group: "money", Name: "Price", Why: "Money is short.", Zero: "Dear", Hundred: "Free",
			Cells: []Cell{cell("red", 60, 50, 70, "Cheap in bulk."), unknown},
		},
	}
}

func firstEdition(options []Option) *Edition {
	return &Edition{
		Comparison: "red-vs-blue", Number: 1, Date: "2026-10-01", Released: true, Options: options,
		Groups:   []Group{{ID: "work", Name: "Work"}, {ID: "money", Name: "Money"}},
		Criteria: criteria(),
		Sections: []Section{{"you", "You"}},
		Questions: []Question{
			{ID: "when", Slot: 0, Section: "you", Text: "When must it be dry?", Choices: []Choice{
				{ID: "tonight", Number: 1, Label: "Tonight", Points: []Points{{"speed", 9}}, Musts: []Must{{"speed", 60, "It dries too slowly."}}},
				{ID: "later", Number: 2, Label: "Some day", Points: []Points{{"price", 5}}},
			}},
			{ID: "budget", Slot: 1, Section: "you", Text: "Is money short?", Choices: []Choice{
				{ID: "short", Number: 1, Label: "Yes", Points: []Points{{"price", 4}}},
				{ID: "ample", Number: 2, Label: "No", Neutral: true},
			}},
			{ID: "walls", Slot: 2, Section: "you", Text: "Which walls?", Choices: []Choice{
				{ID: "inside", Number: 1, Label: "Inside", Points: []Points{{"speed", 2}}},
				{ID: "outside", Number: 2, Label: "Outside", Points: []Points{{"price", 2}}},
				{ID: "both", Number: 3, Label: "Both", Points: []Points{{"price", 1}}},
			}},
			{ID: "taste", Slot: 3, Section: "you", Text: "Which do you like?", Choices: []Choice{
				{ID: "warm", Number: 1, Label: "Warm", Points: []Points{{"speed", 1}}},
				{ID: "cold", Number: 2, Label: "Cold", Points: []Points{{"price", 1}}},
			}},
		},
	}
}

func secondEdition(options []Option) *Edition {
	e := firstEdition(options)
	e.Number, e.Released, e.Date = 2, false, "2026-11-23"
	must := Mandatory
	e.Questions[1].Text = "Is there little money?" // reworded
	e.Questions[2].Retired = true                  // split
	e.Questions[3].Retired = true                  // retired
	e.Questions = append(
		e.Questions,
		Question{ID: "indoors", Slot: 4, Section: "you", Text: "Are there walls indoors?", Choices: []Choice{
			{ID: "yes", Number: 1, Label: "Yes", Points: []Points{{"speed", 2}}},
			{ID: "no", Number: 2, Label: "No", Neutral: true},
			{ID: "perhaps", Number: 3, Label: "Perhaps", Neutral: true, Retired: true},
		}},
		Question{ID: "outdoors", Slot: 24, Section: "you", Text: "Must it stand rain?", Fixed: &must, Choices: []Choice{
			{ID: "yes", Number: 7, Label: "Yes", Points: []Points{{"price", 2}}},
			{ID: "no", Number: 2, Label: "No", Neutral: true},
		}},
	)
	e.Mappings = []Mapping{
		{Question: "when", Fate: Same},
		{Question: "budget", Fate: Reworded},
		{Question: "walls", Fate: Split, Choices: []SplitChoice{
			{"inside", []NewAnswer{{"indoors", "yes"}}},
			{"both", []NewAnswer{{"indoors", "yes"}, {"outdoors", "yes"}}},
		}},
		{Question: "taste", Fate: Retired},
	}
	return e
}

// numbered returns a comparison whose one edition has a question of seven
// choices in each of the first slots.
func numbered(slug string, edition, slots int) *Comparison {
	e := &Edition{Comparison: slug, Number: edition}
	for slot := range slots {
		q := Question{ID: fmt.Sprintf("q%d", slot), Slot: slot, Text: fmt.Sprintf("Question %d?", slot)}
		for n := 1; n <= MaxChoices; n++ {
			q.Choices = append(q.Choices, Choice{ID: fmt.Sprintf("c%d", n), Number: n})
		}
		e.Questions = append(e.Questions, q)
	}
	return &Comparison{Slug: slug, Editions: []*Edition{e}}
}

// give answers "when 1 high, budget 2 normal" to an edition.
func give(t testing.TB, e *Edition, answers string) Answers {
	t.Helper()
	a := e.NoAnswers()
	for part := range strings.SplitSeq(answers, ",") {
		if part == "" {
			continue
		}
		var id, mark string
		var ans Answer
		if _, err := fmt.Sscanf(part, "%s %d %s", &id, &ans.Choice, &mark); err != nil {
			t.Fatalf("answer %q: %v", part, err)
		}
		q := e.Question(id)
		importance, ok := ParseImportance(mark)
		if q == nil || !ok {
			t.Fatalf("answer %q: no such question or importance", part)
		}
		ans.Importance = importance
		a = a.With(q.Slot, ans)
	}
	return a
}

// said writes answers the way give reads them.
func said(a Answers) string {
	var parts []string
	for i := range a.edition.Questions {
		q := &a.edition.Questions[i]
		if ans := a.At(q.Slot); ans.Choice != 0 {
			parts = append(parts, fmt.Sprintf("%s %d %s", q.ID, ans.Choice, ans.Importance))
		}
	}
	return strings.Join(parts, ",")
}

// values makes form values of name, value, name, value.
func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// forge writes any symbols as a code whose check symbols are right.
func forge(slug string, symbols ...byte) string {
	symbols = append(symbols, 0, 0, 0)
	check := checkSum(slug, symbols) ^ checkGoal
	n := len(symbols)
	symbols[n-3], symbols[n-2], symbols[n-1] = byte(check>>10), byte(check>>5&31), byte(check&31)
	spell(symbols)
	return string(symbols)
}
