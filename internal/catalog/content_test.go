package catalog_test

import (
	"slices"
	"testing"

	"tiebreak/content"
	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// TestContent checks the real content.
func TestContent(t *testing.T) {
	for _, p := range catalog.Check(content.Files) {
		t.Error(p)
	}
}

// TestReaders checks that the model gives every reference reader what the
// editors expect.
func TestReaders(t *testing.T) {
	c, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal("TestContent says what is wrong with the content")
	}
	for _, comparison := range c.All() {
		for _, r := range comparison.Readers {
			t.Run(comparison.Slug+"/"+r.ID, func(t *testing.T) {
				answers, err := r.AnswersTo(comparison.Current())
				if err != nil {
					t.Fatal(err)
				}
				judge(t, r, score.Decide(comparison.Current(), answers))
			})
		}
	}
}

func judge(t *testing.T, r compare.Reader, d *score.Decision) {
	t.Helper()
	allowed := []score.Verdict{score.Verdict(r.Expect.Outcome)}
	if r.Expect.Outcome == "close call" {
		allowed = []score.Verdict{score.Tie, score.Close, score.Leans}
	}
	leader := ""
	if len(d.Standings) > 0 && d.Standings[0].Rank == 1 {
		leader = d.Edition.Options[d.Standings[0].Option].ID
	}
	if !slices.Contains(allowed, d.Verdict) || r.Expect.Option != "" && leader != r.Expect.Option {
		t.Errorf("%s: %q leads, verdict %s; want %q, %s (%s)", r.Name, leader, d.Verdict, r.Expect.Option, r.Expect.Outcome, r.Why)
	}
}
