package compare

import (
	"fmt"
	"slices"
	"strings"
)

// maxWhy is how many sentences may explain the verdict on a claim.
const maxWhy = 3

func (k *checker) claims() {
	groups := map[string]bool{}
	for i, g := range k.c.ClaimGroups {
		at := fmt.Sprintf("claim-groups[%d]", i)
		k.unique(groups, optionForm, at+".id", g.ID)
		k.present(at+".name", g.Name)
		if len(k.c.ClaimsIn(g.ID, "")) == 0 {
			k.bad(at, "no claim is in group %q: remove it", g.ID)
		}
	}
	seen, texts := map[string]bool{}, map[string]bool{}
	for i := range k.c.Claims {
		claim := &k.c.Claims[i]
		at := fmt.Sprintf("claims[%d]", i)
		k.unique(seen, factForm, at+".id", claim.ID)
		if !groups[claim.Group] {
			k.bad(at+".group", "group %q is not among the groups of claims", claim.Group)
		}
		k.present(at+".claim", claim.Text)
		if texts[claim.Text] {
			k.bad(at+".claim", "the claim %q stands twice: merge the two", claim.Text)
		}
		texts[claim.Text] = true
		k.judged(at, claim)
	}
}

// judged checks the verdict on a claim and what it rests on.
func (k *checker) judged(at string, c *Claim) {
	if !slices.Contains(ClaimVerdicts(), c.Verdict) {
		k.bad(at+".verdict", "verdict %q is none of holds, partly, outdated, wrong, unsupported", c.Verdict)
	}
	k.present(at+".why", c.Why)
	if n := sentences(c.Why); n > maxWhy {
		k.bad(at+".why", "why has %d sentences: say it in %d", n, maxWhy)
	}
	if len(c.Facts) == 0 && c.Verdict != ClaimUnsupported {
		k.bad(at+".facts", "only an unsupported claim may go without facts: cite one, or change the verdict")
	}
	k.cited(at+".facts", c.Facts)
}

// sentences counts the sentences of a text by the signs that end them. A point
// within a number or a name, as in 3.14 or Node.js, ends none.
func sentences(text string) int {
	n := 0
	for word := range strings.FieldsSeq(text) {
		if strings.ContainsAny(word[len(word)-1:], ".?!") {
			n++
		}
	}
	return n
}
