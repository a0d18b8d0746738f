package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// claimsOf returns the ids of the claims a page shows.
func claimsOf(doc *goquery.Document) []string {
	return doc.Find(".claim").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("id", "") })
}

func TestClaimsFilter(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	for _, v := range append(compare.ClaimVerdicts(), "") {
		want := []string{}
		for _, g := range c.ClaimGroups {
			for _, claim := range c.ClaimsIn(g.ID, v) {
				want = append(want, claim.ID)
			}
		}
		path := templates.ClaimsFilterPath(c, v)
		doc := open(t, h, path, http.StatusOK)
		if diff := cmp.Diff(want, claimsOf(doc)); diff != "" {
			t.Errorf("%s: claims (-want +got):\n%s", path, diff)
		}
		if got, want := text(doc.Find(".filter [role=status]")), fmt.Sprintf("%d of %d claims", len(want), len(c.Claims)); got != want {
			t.Errorf("%s: says %q, want %q", path, got, want)
		}
		if got := doc.Find("select[name=verdict] option[selected]").AttrOr("value", "-"); got != string(v) {
			t.Errorf("%s: the form shows verdict %q", path, got)
		}
		if got := doc.Find(`link[rel="canonical"]`).AttrOr("href", ""); got != testBase+templates.ClaimsPath(c) {
			t.Errorf("%s: canonical address %q, want that of all claims", path, got)
		}
		if got := doc.Find(`.filter a[href="`+templates.ClaimsPath(c)+`"]`).Length() == 1; got != (v != "") {
			t.Errorf("%s: leads to all claims: %v", path, got)
		}
		if doc.Find(".claims section").Length() == 0 || doc.Find(".claims section:not(:has(.claim))").Length() != 0 {
			t.Errorf("%s: a group without claims, or none at all", path)
		}
	}
}

func TestClaimsBadFilter(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	for query, want := range map[string]string{
		"verdict=true":                "There is no such verdict. All claims are shown.",
		"verdict=%3Cb%3E":             "There is no such verdict.",
		"verdict=Holds":               "There is no such verdict.",
		"verdict=holds&verdict=wrong": "The filter was given more than once.",
	} {
		doc := open(t, h, templates.ClaimsPath(c)+"?"+query, http.StatusUnprocessableEntity)
		if got := text(doc.Find(`.notice.bad[role="alert"]`)); !strings.Contains(got, want) {
			t.Errorf("?%s says %q, want %q", query, got, want)
		}
		if got := len(claimsOf(doc)); got != len(c.Claims) {
			t.Errorf("?%s shows %d claims, want %d", query, got, len(c.Claims))
		}
	}
	for _, query := range []string{"", "verdict=", "utm_source=mail"} {
		if doc := open(t, h, templates.ClaimsPath(c)+"?"+query, http.StatusOK); doc.Find(".notice.bad").Length() != 0 {
			t.Errorf("?%s is refused", query)
		}
	}
}

// Every claim is shown with its verdict in words, the reason and its facts.
func TestClaims(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	if len(c.Claims) < 60 {
		t.Errorf("%d claims are checked, want 60 or more", len(c.Claims))
	}
	doc := open(t, h, templates.ClaimsPath(c), http.StatusOK)
	words := doc.Find(".verdict-key dt").Map(func(_ int, s *goquery.Selection) string { return text(s) })
	for i, v := range compare.ClaimVerdicts() {
		if got, want := text(doc.Find(".verdict-key .number").Eq(i)), fmt.Sprint(len(c.ClaimsIn("", v))); got != want {
			t.Errorf("%s: %s claims, want %s", v, got, want)
		}
		for _, claim := range c.ClaimsIn("", v) {
			if got := text(doc.Find("#" + claim.ID + " .claim-verdict .judged")); got != words[i] {
				t.Errorf("claim %s has the verdict %q, want %q", claim.ID, got, words[i])
			}
		}
	}
	for i := range c.Claims {
		claim := &c.Claims[i]
		entry := doc.Find("#" + claim.ID)
		for _, want := range []string{claim.Text, claim.Why} {
			if !strings.Contains(text(entry), want) {
				t.Errorf("claim %s does not say %q", claim.ID, want)
			}
		}
		for _, id := range claim.Facts {
			if entry.Find(`a[href="`+templates.FactPath(c, id)+`"]`).Length() != 1 || !strings.Contains(text(entry), c.Fact(id).Statement) {
				t.Errorf("claim %s does not show fact %s", claim.ID, id)
			}
		}
		if entry.Find(`a[href="`+templates.ClaimPath(c, claim.ID)+`"]`).Length() != 1 {
			t.Errorf("claim %s does not lead to itself", claim.ID)
		}
	}
}

// The data for machines says what the page says, and names no author of a claim.
func TestClaimReviews(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	site := testConfig(t).Catalog.Site()
	ratings := map[compare.ClaimVerdict]float64{
		compare.ClaimHolds: 5, compare.ClaimPartly: 3, compare.ClaimOutdated: 2, compare.ClaimWrong: 1,
	}
	doc := open(t, h, templates.ClaimsPath(c), http.StatusOK)
	if got := doc.Find(`main script[type="application/ld+json"]`).Length(); got != len(c.Claims) {
		t.Fatalf("%d reviews, want %d", got, len(c.Claims))
	}
	for i := range c.Claims {
		claim := &c.Claims[i]
		entry := doc.Find("#" + claim.ID)
		var got map[string]any
		if err := json.Unmarshal([]byte(entry.Find("script").Text()), &got); err != nil {
			t.Fatalf("claim %s: %v", claim.ID, err)
		}
		rating := map[string]any{"@type": "Rating", "alternateName": text(entry.Find(".claim-verdict .judged"))}
		if n := ratings[claim.Verdict]; n > 0 {
			rating["ratingValue"], rating["bestRating"], rating["worstRating"] = n, 5.0, 1.0
		}
		address := testBase + templates.ClaimPath(c, claim.ID)
		want := map[string]any{
			"@context": "https://schema.org", "@type": "ClaimReview", "@id": address, "url": address,
			"claimReviewed": claim.Text, "reviewBody": claim.Why, "inLanguage": "en", "datePublished": string(c.Updated),
			"author":       map[string]any{"@type": "Organization", "name": site.Name, "url": testBase + "/"},
			"reviewRating": rating,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("claim %s (-want +got):\n%s", claim.ID, diff)
		}
	}
}

// A comparison that checks no claims has no page for them, and no way to it.
func TestNoClaims(t *testing.T) {
	t.Parallel()
	content := loadSmall(t)
	h, c := smallSite(t, content, "2026-11-23"), content.All()[0]
	if res := get(h, templates.ClaimsPath(c)); res.StatusCode != http.StatusNotFound {
		t.Errorf("claims of a comparison without any = %d, want 404", res.StatusCode)
	}
	doc := open(t, h, templates.TablePath(c), http.StatusOK)
	if doc.Find(`a[href="`+templates.ClaimsPath(c)+`"]`).Length() != 0 {
		t.Error("the navigation leads to claims that are not there")
	}
	if res := get(h, "/a-vs-b/claims"); res.StatusCode != http.StatusNotFound {
		t.Errorf("claims of no comparison = %d, want 404", res.StatusCode)
	}
}
