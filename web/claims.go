package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// claims shows the claims checked, filtered by what the query asks. A
// comparison without claims has no such page.
func (s *server) claims(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	if len(c.Claims) == 0 {
		return response{}, fmt.Errorf("claims of %s: %w", c.Slug, compare.ErrNotFound)
	}
	data := templates.ClaimsData{Comparison: c, Today: s.today()}
	status := http.StatusOK
	if data.Bad = claimsFilter(&data, r.URL.Query()); data.Bad != "" {
		status = http.StatusUnprocessableEntity
	}
	description := fmt.Sprintf("%d common claims about %s, each with a verdict, the reason for it and its sources.", len(c.Claims), c.Title)
	head := s.comparisonHead(c, "Claims checked: "+c.Title, description, templates.ClaimsPath(c))
	return s.page(buf, status, templates.Claims(head, data))
}

// claimsFilter reads the filter into data and returns what is wrong with it. A
// filter that cannot be read is left out, and said so.
func claimsFilter(data *templates.ClaimsData, query url.Values) string {
	if len(query["verdict"]) > 1 {
		return "The filter was given more than once. All claims are shown."
	}
	verdict := compare.ClaimVerdict(query.Get("verdict"))
	if verdict != "" && !slices.Contains(compare.ClaimVerdicts(), verdict) {
		return "There is no such verdict. All claims are shown."
	}
	data.Verdict = verdict
	return ""
}
