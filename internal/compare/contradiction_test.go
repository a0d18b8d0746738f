package compare

import "testing"

func TestContradictions(t *testing.T) {
	t.Parallel()
	c := valid()
	c.Contradictions = []Contradiction{
		{ID: "hurry", Text: "Speed costs.", Between: []Side{{"when", []string{"tonight"}}, {"budget", []string{"short", "ample"}}}},
		{ID: "rain", Text: "Rain comes indoors.", Between: []Side{{"indoors", []string{"yes"}}, {"outdoors", []string{"yes"}}}},
	}
	if problems := c.Check(); len(problems) > 0 {
		t.Fatalf("Check = %v, want no problem", problems)
	}
	for _, tt := range []struct {
		edition       int
		answers, want string
	}{
		{2, "", ""},
		{2, "when 1 normal", ""},
		{2, "when 2 normal, budget 1 normal", ""},
		{2, "when 1 low, budget 2 must", "hurry"},
		{2, "when 1 high, budget 1 normal, indoors 1 low, outdoors 7 must", "hurry rain"},
		{1, "when 1 normal, budget 1 normal", "hurry"}, // which does not ask about rain
	} {
		a := give(t, c.Edition(tt.edition), tt.answers)
		got := ids(c.ContradictionsIn(a), func(x *Contradiction) string { return x.ID })
		if got != tt.want {
			t.Errorf("%q contradicts itself in %q, want %q", tt.answers, got, tt.want)
		}
	}
}

func TestCheckContradictions(t *testing.T) {
	t.Parallel()
	with := func(x Contradiction) func(c *Comparison) {
		return func(c *Comparison) {
			sound := Contradiction{ID: "hurry", Text: "Speed costs.", Between: []Side{{"when", []string{"tonight"}}, {"budget", []string{"short"}}}}
			c.Contradictions = []Contradiction{sound, x}
		}
	}
	when, budget := Side{"when", []string{"later"}}, Side{"budget", []string{"ample"}}
	for _, tt := range []checkTest{
		{"sound", with(Contradiction{"calm", []Side{when, budget}, "Nothing presses."}), nil},
		{"id twice", with(Contradiction{"hurry", []Side{when, budget}, "Nothing presses."}), []string{
			`contradictions[1].id: id "hurry" stands twice: give one of them another id`,
		}},
		{"no text", with(Contradiction{"calm", []Side{when, budget}, " "}), []string{`contradictions[1].text: is missing: write it`}},
		{"one side", with(Contradiction{"calm", []Side{when}, "Nothing presses."}), []string{
			`contradictions[1].between: a contradiction is between answers to at least two questions`,
		}},
		{"question twice", with(Contradiction{"calm", []Side{when, {"when", []string{"tonight"}}}, "Nothing presses."}), []string{
			`contradictions[1].between[1].question: question "when" stands twice: nobody gives two answers to it`,
		}},
		{"no such question", with(Contradiction{"calm", []Side{when, {"colour", []string{"red"}}}, "Nothing presses."}), []string{
			`contradictions[1].between[1].question: question "colour" is not asked in edition 2`,
		}},
		{"retired question", with(Contradiction{"calm", []Side{when, {"walls", []string{"both"}}}, "Nothing presses."}), []string{
			`contradictions[1].between[1].question: question "walls" is not asked in edition 2`,
		}},
		{"no choices", with(Contradiction{"calm", []Side{when, {"budget", nil}}, "Nothing presses."}), []string{
			`contradictions[1].between[1].choices: name the choices of "budget" that are part of it`,
		}},
		{"no such choice", with(Contradiction{"calm", []Side{when, {"budget", []string{"ample", "none"}}}, "Nothing presses."}), []string{
			`contradictions[1].between[1].choices: question "budget" offers no choice "none"`,
		}},
		{"retired choice", with(Contradiction{"calm", []Side{when, {"indoors", []string{"perhaps"}}}, "Nothing presses."}), []string{
			`contradictions[1].between[1].choices: question "indoors" offers no choice "perhaps"`,
		}},
	} {
		tt.run(t)
	}
}
