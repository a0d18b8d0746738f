package catalog

import (
	"fmt"
	"html"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// RegisterFuncs implements renderer.NodeRenderer: the kinds of node that we
// print ourselves. All others are printed by goldmark.
func (w *writer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, w.printHeading)
	r.Register(ast.KindBlockquote, w.printQuote)
	r.Register(ast.KindFencedCodeBlock, w.printFence)
	r.Register(kindPair, w.printPair)
	r.Register(kindCitation, w.printCitation)
	r.Register(kindFigure, w.printFigure)
	r.Register(east.KindTable, w.printTable)
	r.Register(east.KindTableCell, w.printTableCell)
}

// The link to a heading stands beside it, not in it: a screen reader that
// lists headings would else read the link's name with each of them.
func (w *writer) printHeading(out util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Heading)
	value, _ := n.AttributeString("id")
	id, _ := value.([]byte)
	if entering {
		fmt.Fprintf(out, `<div class="heading"><h%d id="%s">`, n.Level, html.EscapeString(string(id)))
		return ast.WalkContinue, nil
	}
	fmt.Fprintf(out, `</h%d><a class="anchor" href="#%s" aria-label="Link to %s"><span aria-hidden="true">#</span></a></div>`+"\n",
		n.Level, html.EscapeString(string(id)), html.EscapeString(w.plain(n)))
	return ast.WalkContinue, nil
}

func (w *writer) printQuote(out util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	kind, callout := w.callouts[n]
	label, _ := calloutLabels(kind)
	switch {
	case callout && entering:
		fmt.Fprintf(out, `<aside class="callout callout-%s" role="note">`+"\n"+`<p class="callout-label">%s</p>`+"\n", html.EscapeString(kind), label)
	case callout:
		_, _ = out.WriteString("</aside>\n")
	case entering:
		_, _ = out.WriteString("<blockquote>\n")
	default:
		_, _ = out.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}

func (w *writer) printPair(out util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = out.WriteString(`<div class="pair">` + "\n")
	} else {
		_, _ = out.WriteString("</div>\n")
	}
	return ast.WalkContinue, nil
}

func (w *writer) printFence(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	f := w.fences[n]
	_, _ = out.WriteString(`<figure class="code"`)
	if f.option != nil {
		fmt.Fprintf(out, ` data-option="%s"`, html.EscapeString(f.option.ID))
	}
	fmt.Fprintf(out, ` data-lang="%s">`, html.EscapeString(f.language))
	f.printCaption(out)
	fmt.Fprintf(out, `<pre class="chroma" tabindex="0" role="region" aria-label="%s"><code>`, html.EscapeString(f.label))
	block := codeBlock{from: w.out.Len() + out.Buffered(), lexer: f.lexer, line: w.lineOf(n)}
	_, _ = out.WriteString(html.EscapeString(string(n.Lines().Value(source))))
	block.to = w.out.Len() + out.Buffered()
	w.code = append(w.code, block)
	_, _ = out.WriteString("</code></pre></figure>\n")
	return ast.WalkSkipChildren, nil
}

func (f *fence) printCaption(out util.BufWriter) {
	if f.option == nil && f.title == "" {
		return
	}
	_, _ = out.WriteString("<figcaption>")
	if f.option != nil {
		fmt.Fprintf(out, `<span class="code-option">%s</span>`, html.EscapeString(f.option.Name))
	}
	if f.option != nil && f.title != "" {
		_ = out.WriteByte(' ')
	}
	if f.title != "" {
		fmt.Fprintf(out, `<span class="code-title">%s</span>`, html.EscapeString(f.title))
	}
	_, _ = out.WriteString("</figcaption>")
}

func (w *writer) printCitation(out util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if n := node.(*citation); entering {
		fmt.Fprintf(out, `<sup class="cite"><a href="#cite-%s" id="ref-%s-%d" aria-label="Source %d">%d</a></sup>`,
			n.id, n.id, n.nth, n.number, n.number)
	}
	return ast.WalkContinue, nil
}

func (w *writer) printFigure(out util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if n := node.(*figure); entering {
		fmt.Fprintf(out, `<a class="figure" href="#cite-%s" id="ref-%s-%d">%s</a>`, n.id, n.id, n.nth, html.EscapeString(n.text))
	}
	return ast.WalkContinue, nil
}

// A table may be wider than a phone. It scrolls in a region of its own, which
// the keyboard can reach.
func (w *writer) printTable(out util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		fmt.Fprintf(out, `<div class="scroll" role="region" tabindex="0" aria-label="%s">`+"\n<table>\n", html.EscapeString(w.labels[n]))
	} else {
		_, _ = out.WriteString("</table>\n</div>\n")
	}
	return ast.WalkContinue, nil
}

func (w *writer) printTableCell(out util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*east.TableCell)
	tag, scope := "td", ""
	if n.Parent().Kind() == east.KindTableHeader {
		tag, scope = "th", ` scope="col"`
	}
	if !entering {
		fmt.Fprintf(out, "</%s>\n", tag)
		return ast.WalkContinue, nil
	}
	class := ""
	if n.Alignment != east.AlignNone {
		class = fmt.Sprintf(` class="align-%s"`, n.Alignment)
	}
	fmt.Fprintf(out, "<%s%s%s>", tag, scope, class)
	return ast.WalkContinue, nil
}
