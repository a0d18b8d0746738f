package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"tiebreak/internal/compare"
)

// A piece is a stretch of the source in the text of a paragraph.
type piece struct {
	at     int // in the text
	source int // in the source
}

// figures reports the numbers of a text that come from no fact. Each paragraph
// answers for itself; the cells of a table answer by rows.
func (w *writer) figures(doc ast.Node) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.(type) {
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *east.TableRow, *east.TableHeader:
			w.paragraph(n)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// paragraph reports the numbers of one paragraph.
func (w *writer) paragraph(n ast.Node) {
	p := prose{units: w.units}
	var text strings.Builder
	var pieces []piece
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			pieces = append(pieces, piece{text.Len(), n.Segment.Start})
			text.Write(n.Segment.Value(w.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				text.WriteByte(' ')
			}
		case *ast.CodeSpan:
			text.WriteString(codeSign)
			return ast.WalkSkipChildren, nil
		case *figure:
			text.WriteString(figureSign)
			p.facts = w.withFact(p.facts, n.id)
		case *citation:
			p.facts = w.withFact(p.facts, n.id)
		case *east.TableCell:
			text.WriteString(" | ")
		}
		return ast.WalkContinue, nil
	})
	p.text = text.String()
	for _, number := range p.unproven() {
		i, _ := slices.BinarySearchFunc(pieces, number.at+1, func(p piece, at int) int { return p.at - at })
		at := pieces[i-1].source + number.at - pieces[i-1].at
		msg := fromNowhere
		if !w.citing {
			msg = fromNowherePage
		}
		w.problems = append(w.problems, Problem{w.file, w.lineAt(at), fmt.Sprintf(msg, number.text)})
	}
}

func (w *writer) withFact(facts []*compare.Fact, id string) []*compare.Fact {
	if w.citing {
		if f := w.fact(id); f != nil {
			return append(facts, f)
		}
	}
	return facts
}
