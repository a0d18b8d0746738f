package score

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

func TestOutcome(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		m := newModel(e, fewDraws)
		d := m.Decide(a)
		want := ""
		if d.Leads() {
			want = e.Options[d.Leader()].ID
		}
		if verdict, leader := m.Outcome(a); verdict != d.Verdict || leader != want {
			t.Errorf("Outcome = %s, %q, but Decide says %s, %q", verdict, leader, d.Verdict, want)
		}
	})
}

func TestRandomReader(t *testing.T) {
	t.Parallel()
	must := compare.Mandatory
	choices := []compare.Choice{{ID: "x", Number: 3}, {ID: "gone", Number: 4, Retired: true}, {ID: "y", Number: 7}}
	e := &compare.Edition{Questions: []compare.Question{
		{ID: "a", Slot: 2, Choices: choices},
		{ID: "b", Slot: 0, Choices: choices, Fixed: &must},
		{ID: "c", Slot: 1, Choices: choices, Retired: true},
	}}
	const readers = 8000
	free, fixed := map[compare.Answer]int{}, map[compare.Answer]int{}
	for i := range readers {
		a := RandomReader(e, i)
		free[a.At(2)]++
		fixed[a.At(0)]++
		if a.At(1).Choice != 0 {
			t.Fatalf("reader %d answers a retired question", i)
		}
	}
	for _, tt := range []struct {
		name string
		got  int
		want float64
	}{
		{"no answer", free[compare.Answer{}], 1. / 4},
		{"x, normal", free[compare.Answer{Choice: 3}], 3. / 16},
		{"y, low", free[compare.Answer{Choice: 7, Importance: compare.Low}], 3. / 32},
		{"y, high", free[compare.Answer{Choice: 7, Importance: compare.High}], 3. / 64},
		{"x, must", free[compare.Answer{Choice: 3, Importance: compare.Mandatory}], 3. / 64},
		{"fixed x, must", fixed[compare.Answer{Choice: 3, Importance: compare.Mandatory}], 3. / 8},
	} {
		if share := float64(tt.got) / readers; share < tt.want-0.02 || share > tt.want+0.02 {
			t.Errorf("%s: %.3f of all readers, want about %.3f", tt.name, share, tt.want)
		}
	}
	if len(free) != 9 || len(fixed) != 3 {
		t.Errorf("%d and %d different answers, want 9 and 3", len(free), len(fixed))
	}
	// The first readers, so that no change of the generator goes unseen.
	want := []compare.Answer{{}, {}, {Choice: 7}, {Choice: 7}, {Choice: 3, Importance: compare.Low}, {Choice: 3}}
	var first []compare.Answer
	for i := range 6 {
		first = append(first, RandomReader(e, i).At(2))
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("the first random readers (-want +got):\n%s", diff)
	}
	without := &compare.Edition{Questions: e.Questions[:1]}
	for i := range 100 {
		if RandomReader(without, i).At(2) != RandomReader(e, i).At(2) {
			t.Errorf("reader %d answers otherwise without the other questions", i)
		}
	}
}
