package compare

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// claimed returns a valid comparison with three claims in two groups.
func claimed() *Comparison {
	c := valid()
	c.ClaimGroups = []ClaimGroup{{"work", "Work"}, {"money", "Money"}}
	c.Claims = []Claim{
		{ID: "C-1", Group: "work", Text: "Red is quick.", Verdict: ClaimHolds, Why: "It is.", Facts: []string{"F-1"}},
		{ID: "C-2", Group: "money", Text: "Blue is dear.", Verdict: ClaimPartly, Why: "In small tins.", Facts: []string{"F-2", "F-1"}},
		{ID: "C-3", Group: "work", Text: "Red sells.", Verdict: ClaimUnsupported, Why: "Nobody counted."},
	}
	return c
}

func TestCheckClaims(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		spoil func(c *Comparison)
		want  []string
	}{
		{"valid", func(*Comparison) {}, nil},
		{"claims without groups", func(c *Comparison) { c.ClaimGroups = c.ClaimGroups[:1] }, []string{
			`claims[1].group: group "money" is not among the groups of claims`,
		}},
		{"group without claims", func(c *Comparison) { c.Claims[1].Group = "work" }, []string{
			`claim-groups[1]: no claim is in group "money": remove it`,
		}},
		{"group without a name", func(c *Comparison) { c.ClaimGroups[0].Name = " " }, []string{
			`claim-groups[0].name: is missing: write it`,
		}},
		{"id twice", func(c *Comparison) { c.Claims[2].ID = "C-1" }, []string{
			`claims[2].id: id "C-1" stands twice: give one of them another id`,
		}},
		{"id not an id", func(c *Comparison) { c.Claims[2].ID = "C_3" }, []string{
			`claims[2].id: id "C_3" must match ^[A-Za-z0-9-]{1,40}$`,
		}},
		{"text twice", func(c *Comparison) { c.Claims[2].Text = "Red is quick." }, []string{
			`claims[2].claim: the claim "Red is quick." stands twice: merge the two`,
		}},
		{"no such verdict", func(c *Comparison) { c.Claims[0].Verdict = "true" }, []string{
			`claims[0].verdict: verdict "true" is none of holds, partly, outdated, wrong, unsupported`,
		}},
		{"no reason", func(c *Comparison) { c.Claims[0].Why = "" }, []string{`claims[0].why: is missing: write it`}},
		{"long reason", func(c *Comparison) { c.Claims[0].Why = "One. Two? Node.js 3.14 three! Four." }, []string{
			`claims[0].why: why has 4 sentences: say it in 3`,
		}},
		{"no facts", func(c *Comparison) { c.Claims[0].Facts = nil }, []string{
			`claims[0].facts: only an unsupported claim may go without facts: cite one, or change the verdict`,
		}},
		{"no such fact", func(c *Comparison) { c.Claims[0].Facts = []string{"F-9", "F-1", "F-1"} }, []string{
			`claims[0].facts: fact "F-9" is not in facts.yaml`, `claims[0].facts: fact "F-1" is named twice`,
		}},
	} {
		c := claimed()
		tt.spoil(c)
		var got []string
		for _, p := range c.Check() {
			got = append(got, p.String())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestClaimsIn(t *testing.T) {
	t.Parallel()
	c := claimed()
	for _, tt := range []struct {
		group   string
		verdict ClaimVerdict
		want    []string
	}{
		{"", "", []string{"C-1", "C-2", "C-3"}},
		{"work", "", []string{"C-1", "C-3"}},
		{"", ClaimPartly, []string{"C-2"}},
		{"work", ClaimUnsupported, []string{"C-3"}},
		{"work", ClaimWrong, nil},
		{"none", "", nil},
	} {
		var got []string
		for _, claim := range c.ClaimsIn(tt.group, tt.verdict) {
			got = append(got, claim.ID)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ClaimsIn(%q, %q) (-want +got):\n%s", tt.group, tt.verdict, diff)
		}
	}
	if got := c.Claim("C-2"); got != &c.Claims[1] {
		t.Errorf("Claim(C-2) = %v, want the second", got)
	}
	if got := c.Claim("C-9"); got != nil {
		t.Errorf("Claim(C-9) = %v, want none", got)
	}
	want := []ClaimVerdict{"holds", "partly", "outdated", "wrong", "unsupported"}
	if diff := cmp.Diff(want, ClaimVerdicts()); diff != "" {
		t.Errorf("ClaimVerdicts() (-want +got):\n%s", diff)
	}
}

func TestClaimUses(t *testing.T) {
	t.Parallel()
	c := claimed()
	for id, want := range map[string][]*Claim{"F-1": {&c.Claims[0], &c.Claims[1]}, "F-2": {&c.Claims[1]}, "F-9": nil} {
		if diff := cmp.Diff(want, c.UsesOf(id).Claims); diff != "" {
			t.Errorf("UsesOf(%s).Claims (-want +got):\n%s", id, diff)
		}
	}
}
