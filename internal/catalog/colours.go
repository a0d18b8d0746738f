package catalog

import (
	"html"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"

	"tiebreak/internal/compare"
)

// Colouring code takes longer than all else that loading does, and only two
// kinds of page show any. So it waits until one of them is asked for. Nothing is
// kept: in colours, code is many times its size. [Check] colours everything, and reports what the highlighter gives
// up; where it is shown all the same, it has no colours.

// A codeBlock is where code stands in a rendered text, escaped.
type codeBlock struct {
	from, to int
	lexer    chroma.Lexer
	line     int // of the file it comes from
}

// Coloured returns the comparison with the code in its article coloured.
func (c *Catalog) Coloured(comparison *compare.Comparison) *compare.Comparison {
	coloured := *comparison
	coloured.Article.Body, _ = colour(comparison.Article.Body, c.more[comparison.Slug].code)
	return &coloured
}

// ColouredMeasurement returns the measurement with the code of its programs.
func (c *Catalog) ColouredMeasurement(m *compare.Measurement) *compare.Measurement {
	coloured := *m
	coloured.Programs = slices.Clone(m.Programs)
	for i := range coloured.Programs {
		p := &coloured.Programs[i]
		code, err := highlight(lexerOf(p.Name), p.Source)
		if err != nil {
			code = html.EscapeString(p.Source)
		}
		p.Code = compare.HTML(code)
	}
	return &coloured
}

// uncoloured is a block of code that has no colours, and why.
type uncoloured struct {
	line int
	err  error
}

// colour returns a text with its code coloured, and the blocks that cannot be.
func colour(body compare.HTML, blocks []codeBlock) (compare.HTML, []uncoloured) {
	var b strings.Builder
	var failed []uncoloured
	last := 0
	for _, block := range blocks {
		plain := string(body[block.from:block.to])
		code, err := highlight(block.lexer, html.UnescapeString(plain))
		if err != nil {
			code = plain
			failed = append(failed, uncoloured{block.line, err})
		}
		b.WriteString(string(body[last:block.from]))
		b.WriteString(code)
		last = block.to
	}
	b.WriteString(string(body[last:]))
	return compare.HTML(b.String()), failed
}

// colourCode colours the code of a text, and reports what cannot be.
func (l *loader) colourCode(file string, r rendered) compare.HTML {
	body, failed := colour(r.body, r.code)
	for _, block := range failed {
		l.addf(file, block.line, "the code cannot be highlighted: %s", block.err)
	}
	return body
}
