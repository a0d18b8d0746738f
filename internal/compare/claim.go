package compare

// A Claim is a sentence that comparisons of these options commonly make, held
// against the facts. It belongs to nobody: no author is kept with it.
type Claim struct {
	ID      string // [A-Za-z0-9-]{1,40}, permanent: links lead to it
	Group   string // id of a ClaimGroup
	Text    string // the claim, as a sentence in our own words
	Verdict ClaimVerdict
	Why     string   // three sentences or fewer
	Facts   []string // ids; none only where the verdict is ClaimUnsupported
}

// A ClaimGroup is what some claims are about.
type ClaimGroup struct {
	ID   string
	Name string
}

// ClaimVerdict says what is left of a claim once the facts are read.
type ClaimVerdict string

// The verdicts a claim may get.
const (
	ClaimHolds       ClaimVerdict = "holds"       // true today as it is worded
	ClaimPartly      ClaimVerdict = "partly"      // true under conditions it leaves out, or true of both options
	ClaimOutdated    ClaimVerdict = "outdated"    // was true once
	ClaimWrong       ClaimVerdict = "wrong"       // contradicted by a fact
	ClaimUnsupported ClaimVerdict = "unsupported" // nobody has shown it, either way
)

// ClaimVerdicts lists the verdicts a claim may get, the kindest first.
func ClaimVerdicts() []ClaimVerdict {
	return []ClaimVerdict{ClaimHolds, ClaimPartly, ClaimOutdated, ClaimWrong, ClaimUnsupported}
}

// Claim returns the claim with the given id, nil if there is none.
func (c *Comparison) Claim(id string) *Claim {
	for i := range c.Claims {
		if c.Claims[i].ID == id {
			return &c.Claims[i]
		}
	}
	return nil
}

// ClaimsIn returns the claims of a group with the given verdict, in the order
// of the file. An empty group or verdict stands for all.
func (c *Comparison) ClaimsIn(group string, v ClaimVerdict) []*Claim {
	var claims []*Claim
	for i := range c.Claims {
		claim := &c.Claims[i]
		if (group == "" || claim.Group == group) && (v == "" || claim.Verdict == v) {
			claims = append(claims, claim)
		}
	}
	return claims
}
