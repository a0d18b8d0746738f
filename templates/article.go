package templates

import (
	"strings"

	"tiebreak/internal/compare"
)

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
