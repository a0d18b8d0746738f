package templates

import (
	"strings"

	"tiebreak/internal/compare"
)

// shown returns the claims of a group that pass the filter; of all groups if
// it is empty.
func (d ClaimsData) shown(group string) []*compare.Claim {
	return d.Comparison.ClaimsIn(group, d.Verdict)
}

// verdictWord is what a verdict on a claim is called.
func verdictWord(v compare.ClaimVerdict) string {
	switch v {
	case compare.ClaimHolds:
		return "Holds"
	case compare.ClaimPartly:
		return "Partly true"
	case compare.ClaimOutdated:
		return "Outdated"
	case compare.ClaimWrong:
		return "Wrong"
	default:
		return "Unsupported"
	}
}

// verdictMeaning says what the verdict means.
func verdictMeaning(v compare.ClaimVerdict) string {
	switch v {
	case compare.ClaimHolds:
		return "True today, as it is worded."
	case compare.ClaimPartly:
		return "True under conditions it leaves out, or just as true of the other side."
	case compare.ClaimOutdated:
		return "Was true, and is not any more."
	case compare.ClaimWrong:
		return "A fact contradicts it."
	default:
		return "Nobody has shown it, and nobody has refuted it."
	}
}

// verdictRating is the verdict on the scale from 1 to 5 that search engines
// know, 0 for no rating: what nobody has shown is not half true.
func verdictRating(v compare.ClaimVerdict) int {
	switch v {
	case compare.ClaimHolds:
		return 5
	case compare.ClaimPartly:
		return 3
	case compare.ClaimOutdated:
		return 2
	case compare.ClaimWrong:
		return 1
	default:
		return 0
	}
}

// A claimReview is schema.org's form of one claim checked. It names who checks
// and not who claims.
type claimReview struct {
	Context   string       `json:"@context"`
	Type      string       `json:"@type"`
	ID        string       `json:"@id"`
	URL       string       `json:"url"`
	Claim     string       `json:"claimReviewed"`
	Review    string       `json:"reviewBody"`
	Language  string       `json:"inLanguage"`
	Published compare.Date `json:"datePublished"`
	Author    reviewAuthor `json:"author"`
	Rating    claimRating  `json:"reviewRating"`
}

type reviewAuthor struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type claimRating struct {
	Type  string `json:"@type"`
	Value int    `json:"ratingValue,omitempty"`
	Best  int    `json:"bestRating,omitempty"`
	Worst int    `json:"worstRating,omitempty"`
	Name  string `json:"alternateName"`
}

// review returns the structured data of a claim on the page that head is of.
func review(head Head, c *compare.Comparison, claim *compare.Claim) claimReview {
	address := strings.TrimSuffix(head.Canonical, ClaimsPath(c)) + ClaimPath(c, claim.ID)
	r := claimReview{
		Context: "https://schema.org", Type: "ClaimReview", ID: address, URL: address,
		Claim: claim.Text, Review: claim.Why, Language: "en", Published: c.Updated,
		Author: reviewAuthor{Type: "Organization", Name: head.siteName()},
		Rating: claimRating{Type: "Rating", Name: verdictWord(claim.Verdict)},
	}
	if base, ok := strings.CutSuffix(head.Canonical, ClaimsPath(c)); ok {
		r.Author.URL = base + HomePath
	}
	if n := verdictRating(claim.Verdict); n > 0 {
		r.Rating.Value, r.Rating.Best, r.Rating.Worst = n, 5, 1
	}
	return r
}
