package compare

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRenew(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, answers, want string
		lost                []string
	}{
		{name: "nothing", answers: "", want: ""},
		{name: "same", answers: "when 1 high", want: "when 1 high"},
		{name: "reworded", answers: "budget 2 must", want: "budget 2 must"},
		{name: "split in one", answers: "walls 1 low", want: "indoors 1 low"},
		{name: "split in two, one of a fixed importance", answers: "walls 3 low", want: "indoors 1 low,outdoors 7 must"},
		{name: "split, choice not mapped", answers: "walls 2 low", want: "", lost: []string{"Which walls?"}},
		{name: "retired", answers: "taste 1 normal", want: "", lost: []string{"Which do you like?"}},
		{
			name: "all", answers: "when 2 must,budget 1 low,walls 3 high,taste 2 normal",
			want: "when 2 must,budget 1 low,indoors 1 high,outdoors 7 must", lost: []string{"Which do you like?"},
		},
	} {
		c := valid()
		a := give(t, c.Edition(1), tt.answers)
		got, lost := c.Renew(a)
		if said(got) != tt.want || got.Edition() != c.Current() {
			t.Errorf("%s: Renew(%q) = %q of edition %d, want %q", tt.name, tt.answers, said(got), got.Edition().Number, tt.want)
		}
		if diff := cmp.Diff(tt.lost, lost); diff != "" {
			t.Errorf("%s: lost (-want +got):\n%s", tt.name, diff)
		}
		if said(a) != tt.answers {
			t.Errorf("%s: the old answers became %q", tt.name, said(a))
		}
	}
}

func TestRenewCurrent(t *testing.T) {
	t.Parallel()
	c := valid()
	a := give(t, c.Current(), "when 1 high,outdoors 2 must")
	if got, lost := c.Renew(a); got != a || lost != nil {
		t.Errorf("Renew(current answers) = %q, %v, want them as they are", said(got), lost)
	}
}

// Answers go from edition to edition, each by its own mapping.
func TestRenewTwice(t *testing.T) {
	t.Parallel()
	c := valid()
	third := secondEdition(c.Options)
	third.Number = 3
	third.Questions[0].Retired = true
	third.Questions[4].Choices[0].Retired = true
	third.Mappings = []Mapping{
		{Question: "when", Fate: Retired},
		{Question: "budget", Fate: Same},
		{Question: "indoors", Fate: Same},
		{Question: "outdoors", Fate: Same},
	}
	c.Editions = append(c.Editions, third)
	got, lost := c.Renew(give(t, c.Edition(1), "when 1 high,budget 2 low,walls 3 normal,taste 1 low"))
	if want := "budget 2 low,outdoors 7 must"; said(got) != want || got.Edition() != third {
		t.Errorf("Renew = %q of edition %d, want %q of 3", said(got), got.Edition().Number, want)
	}
	want := []string{"Which do you like?", "When must it be dry?", "Are there walls indoors?"}
	if diff := cmp.Diff(want, lost); diff != "" {
		t.Errorf("lost (-want +got):\n%s", diff)
	}
}

// A fate nobody stated carries nothing over.
func TestRenewWithoutMapping(t *testing.T) {
	t.Parallel()
	c := valid()
	c.Current().Mappings = nil
	got, lost := c.Renew(give(t, c.Edition(1), "when 1 high"))
	if got.Count() != 0 || len(lost) != 1 {
		t.Errorf("Renew without mapping = %q, lost %v, want nothing kept and one lost", said(got), lost)
	}
	c.Current().Mappings = []Mapping{{Question: "when", Fate: "other"}}
	if got, _ := c.Renew(give(t, c.Edition(1), "when 1 high")); got.Count() != 0 {
		t.Errorf("Renew by an unknown fate = %q, want nothing kept", said(got))
	}
}
