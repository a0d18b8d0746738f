package templates

import (
	"strings"

	"tiebreak/internal/compare"
)

// tallness returns the class of a part that says how much room it will need: its
// number times 30rem. The shipped article's parts measured 90rem and 1rem for
// every 105 bytes of markup, or less, 360 px wide.
func tallness(part compare.HTML) string {
	return "tall-" + px(min(8, max(4, (90+len(part)/105+29)/30)))
}

// parts cuts an article at its headings of the second level, which stand at
// the margin only, so that a browser can leave the parts out of sight unlaid.
func parts(body compare.HTML) []compare.HTML {
	const start = `<div class="heading"><h2 `
	var list []compare.HTML
	for i, part := range strings.Split(string(body), start) {
		if i > 0 {
			part = start + part
		}
		if strings.TrimSpace(part) != "" {
			list = append(list, compare.HTML(part))
		}
	}
	return list
}
