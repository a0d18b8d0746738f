package templates

import "tiebreak/internal/compare"

// nav returns the comparison that the page leads through, nil for none.
func (h Head) nav() *compare.Comparison {
	if h.Comparison != nil {
		return h.Comparison
	}
	return h.Only
}

// siteName returns the name of the site, or a plain word where an error page
// has nothing to take it from.
func (h Head) siteName() string {
	if h.Site == nil || h.Site.Name == "" {
		return "Tiebreak"
	}
	return h.Site.Name
}

// fullTitle returns what the browser's tab says.
func (h Head) fullTitle() string {
	if h.Title == "" || h.Title == h.siteName() {
		return h.siteName()
	}
	return h.Title + " – " + h.siteName()
}
