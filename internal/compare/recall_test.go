package compare

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRecall(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, answers, want string
		lost                []string
	}{
		{name: "nothing", answers: "", want: ""},
		{name: "same", answers: "when 1 high", want: "when 1 high"},
		{name: "reworded", answers: "budget 2 must", want: "budget 2 must"},
		{name: "joined of one", answers: "indoors 1 low", want: "walls 1 low"},
		{name: "joined of two, the most that is given", answers: "indoors 1 low,outdoors 7 must", want: "walls 3 low"},
		{name: "no choice stands for it", answers: "indoors 2 low", want: "", lost: []string{"Are there walls indoors?"}},
		{name: "part of what a choice stands for", answers: "outdoors 7 must", want: "", lost: []string{"Must it stand rain?"}},
	} {
		c := valid()
		got, lost := c.Recall(1, give(t, c.Current(), tt.answers))
		if said(got) != tt.want || got.Edition() != c.Edition(1) {
			t.Errorf("%s: Recall(%q) = %q of edition %d, want %q of 1", tt.name, tt.answers, said(got), got.Edition().Number, tt.want)
		}
		if diff := cmp.Diff(tt.lost, lost); diff != "" {
			t.Errorf("%s: lost (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Two choices that stand for the same answers say nothing of which was given.
func TestRecallAmbiguous(t *testing.T) {
	t.Parallel()
	c := valid()
	choices := &c.Current().Mappings[2].Choices
	*choices = append(*choices, SplitChoice{"outside", []NewAnswer{{"indoors", "yes"}}})
	got, lost := c.Recall(1, give(t, c.Current(), "indoors 1 low"))
	if said(got) != "" || len(lost) != 1 {
		t.Errorf("Recall = %q, lost %v, want nothing and one lost", said(got), lost)
	}
}

// What is recalled and renewed comes back, less what was lost on the way.
func TestRecallRenew(t *testing.T) {
	t.Parallel()
	c := valid()
	a := give(t, c.Current(), "when 1 high,budget 2 low,indoors 1 low,outdoors 7 must")
	old, _ := c.Recall(1, a)
	if got, lost := c.RenewTo(2, old); got != a || lost != nil {
		t.Errorf("RenewTo(2, Recall(1, %q)) = %q, lost %v", said(a), said(got), lost)
	}
	if got, lost := c.RenewTo(1, old); got != old || lost != nil {
		t.Errorf("RenewTo(1, %q) = %q, lost %v, want it as it is", said(old), said(got), lost)
	}
	if got, lost := c.Recall(2, a); got != a || lost != nil {
		t.Errorf("Recall(2, %q) = %q, lost %v, want it as it is", said(a), said(got), lost)
	}
}
