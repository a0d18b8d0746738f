package catalog

import (
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// checkLinks reports links within the site that lead to no page, question,
// criterion, fact or heading. Pages that are not made of content, such as a
// result, are left to the tests of the whole site.
func (l *loader) checkLinks(c *Catalog) {
	for _, link := range l.links {
		slug, _, _ := strings.Cut(strings.TrimPrefix(link.destination, "/"), "/")
		if msg := c.broken(link); msg != "" && !l.unread[slug] {
			l.addf(link.file, link.line, "the link %s leads nowhere: %s", link.destination, msg)
		}
	}
}

// broken returns what is wrong with a link, "" if nothing is.
func (c *Catalog) broken(l link) string {
	where, anchor, _ := strings.Cut(l.destination, "#")
	if where == "" { // within the same text
		where = strings.TrimSuffix(strings.TrimPrefix(l.file, pagesFolder+"/"), ".md")
		where = "/" + strings.TrimSuffix(where, "/article")
	}
	where, _, _ = strings.Cut(where, "?")
	first, rest, _ := strings.Cut(strings.TrimPrefix(where, "/"), "/")
	if first == "" && rest == "" {
		return ""
	}
	if comparison, err := c.Get(first); err == nil {
		return brokenIn(comparison, rest, anchor)
	}
	if page, err := c.Page(first); err == nil && rest == "" {
		return missing(anchor, page.Headings, nil)
	}
	return "there is no page or comparison " + first
}

func brokenIn(c *compare.Comparison, part, anchor string) string {
	if id, ok := strings.CutPrefix(part, measurementsFolder+"/"); ok && c.Measurement(id) == nil {
		return "there is no measurement " + id
	}
	var ids []string
	switch part {
	case "":
		for _, id := range c.Article.Cited {
			ids = append(ids, "cite-"+id)
		}
		return missing(anchor, c.Article.Headings, ids)
	case "sources":
		for _, f := range c.Facts {
			ids = append(ids, f.ID)
		}
		for _, t := range c.Topics {
			ids = append(ids, t.ID)
		}
	case "claims":
		if len(c.Claims) == 0 {
			return "no claims are checked there"
		}
		ids = claimAnchors(c)
	case "table":
		ids = tableAnchors(c)
	case "questions":
		ids = questionAnchors(c)
	default:
		return ""
	}
	return missing(anchor, nil, ids)
}

func tableAnchors(c *compare.Comparison) []string {
	if len(c.Editions) == 0 {
		return nil
	}
	var ids []string
	for _, criterion := range c.Current().Criteria {
		ids = append(ids, criterion.ID)
	}
	for _, g := range c.Current().Groups {
		ids = append(ids, g.ID)
	}
	return ids
}

func claimAnchors(c *compare.Comparison) []string {
	var ids []string
	for i := range c.Claims {
		ids = append(ids, c.Claims[i].ID)
	}
	for _, g := range c.ClaimGroups {
		ids = append(ids, "group-"+g.ID)
	}
	return ids
}

func questionAnchors(c *compare.Comparison) []string {
	if len(c.Editions) == 0 {
		return nil
	}
	var ids []string
	for _, q := range c.Current().Asked() {
		ids = append(ids, q.ID)
	}
	for _, s := range c.Current().Sections {
		ids = append(ids, s.ID)
	}
	return ids
}

// missing returns what is wrong with an anchor that is among neither the
// headings nor the ids. No anchor is always right.
func missing(anchor string, headings []compare.Heading, ids []string) string {
	if anchor == "" || slices.Contains(ids, anchor) ||
		slices.ContainsFunc(headings, func(h compare.Heading) bool { return h.ID == anchor }) {
		return ""
	}
	return "there is nothing with the anchor " + anchor + " there"
}
