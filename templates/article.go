package templates

import (
	"slices"
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

// articleHeadings are those of the text and of what follows it.
func articleHeadings(c *compare.Comparison) []compare.Heading {
	headings := slices.Clone(c.Article.Headings)
	if len(haveRun(c)) > 0 {
		headings = append(headings, compare.Heading{Level: 2, ID: "measured-here", Text: "What we measured"})
	}
	return append(headings, compare.Heading{Level: 2, ID: "cited", Text: "Sources cited"})
}

// A citedSource is one or more pages of a publisher that a fact rests on, read on
// one day, with a link to the first.
type citedSource struct{ url, text, more string }

func citedSources(f *compare.Fact) []citedSource {
	var list []citedSource
	var pages []int
	for _, s := range f.Sources {
		text := s.Publisher + ", " + sourceDate(s)
		at := slices.IndexFunc(list, func(c citedSource) bool { return c.text == text })
		if at < 0 {
			list, pages = append(list, citedSource{url: s.URL, text: text}), append(pages, 1)
			continue
		}
		pages[at]++
		list[at].more = ", and " + count(pages[at]-1, "more page", "more pages")
	}
	return list
}
