// Package templates turns values into pages. An exported component is a page;
// the rest are pieces of pages. Components loop and choose; what has to be
// computed is a method in package compare or score, or a formatting function
// here. Paths are built in urls.go and nowhere else.
package templates

//go:generate go tool templ generate

import (
	"tiebreak/internal/compare"
)

// Head is what every page says about itself.
type Head struct {
	Title       string
	Description string
	Canonical   string // absolute address; "" for a page of no address, such as an error
	Image       string // absolute address of the picture shown where the page is linked
	Noindex     bool   // keep the page out of search indexes
	Site        *compare.Site
	// Comparison is the comparison the page belongs to, nil for the site's own pages.
	Comparison *compare.Comparison
	// Only is the one comparison there is, nil if there are several: the site's own
	// pages lead back to it.
	Only *compare.Comparison
	Here string // path of the page, to mark it in the navigation
	Code bool   // the page shows highlighted code
}
