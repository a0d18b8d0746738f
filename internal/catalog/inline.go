package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"tiebreak/internal/compare"
)

// A citation is [^ID]: the sentence before it rests on that fact.
type citation struct {
	ast.BaseInline
	id     string // "" if it is not written as one
	number int    // of the fact, by first citation in the text
	nth    int    // citation of this fact, from 1
}

// A figure is {=ID.name}: a value of a fact, printed in the text.
type figure struct {
	ast.BaseInline
	id, name string // id "" if it is not written as one
	bare     bool   // without the unit
	text     string // what is printed
	nth      int    // citation of this fact, from 1
}

var (
	kindCitation = ast.NewNodeKind("Citation")
	kindFigure   = ast.NewNodeKind("Figure")

	citationForm = regexp.MustCompile(`^\[\^([A-Za-z0-9-]{1,40})\]`)
	figureForm   = regexp.MustCompile(`^\{=([A-Za-z0-9-]{1,40})(?:\.([a-z0-9_]{1,40}))?(~?)\}`)
)

// Kind implements ast.Node.
func (*citation) Kind() ast.NodeKind { return kindCitation }

// Dump implements ast.Node.
func (n *citation) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Kind implements ast.Node.
func (*figure) Kind() ast.NodeKind { return kindFigure }

// Dump implements ast.Node.
func (n *figure) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type citationParser struct{}

// Trigger implements parser.InlineParser.
func (citationParser) Trigger() []byte { return []byte{'['} }

// Parse implements parser.InlineParser.
func (citationParser) Parse(_ ast.Node, block gtext.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 2 || line[1] != '^' {
		return nil
	}
	m := citationForm.FindSubmatch(line)
	if m == nil {
		block.Advance(2)
		return &citation{}
	}
	block.Advance(len(m[0]))
	return &citation{id: string(m[1])}
}

type figureParser struct{}

// Trigger implements parser.InlineParser.
func (figureParser) Trigger() []byte { return []byte{'{'} }

// Parse implements parser.InlineParser.
func (figureParser) Parse(_ ast.Node, block gtext.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 2 || line[1] != '=' {
		return nil
	}
	m := figureForm.FindSubmatch(line)
	if m == nil {
		block.Advance(2)
		return &figure{}
	}
	block.Advance(len(m[0]))
	return &figure{id: string(m[1]), name: string(m[2]), bare: len(m[3]) > 0}
}

// citedFact counts the citations of one fact.
type citedFact struct{ number, times int }

// cite counts a citation of the fact with the given id. It is nil, and the
// problem reported, if there is no such fact or n stands where none may be cited.
func (w *writer) cite(n ast.Node, id string) (*compare.Fact, *citedFact) {
	if !w.citing {
		w.addf(n, "this page has no facts to cite: link to a comparison's sources instead")
		return nil, nil
	}
	for p := n.Parent(); p != nil; p = p.Parent() {
		switch p.Kind() {
		case ast.KindLink:
			w.addf(n, "fact %s is cited inside a link, and a citation is a link itself: move it out", id)
			return nil, nil
		case ast.KindHeading:
			w.addf(n, "fact %s is cited in a heading: cite it in the text below", id)
			return nil, nil
		}
	}
	fact := w.fact(id)
	if fact == nil {
		if !w.factsUnread {
			w.addf(n, "fact %s is not in %s: add it, or correct the id", id, factsFile)
		}
		return nil, nil
	}
	c := w.cites[id]
	if c == nil {
		w.cited = append(w.cited, id)
		c = &citedFact{number: len(w.cited)}
		w.cites[id] = c
	}
	c.times++
	if n := len(w.headings); n > 0 {
		if h := &w.headings[n-1]; !slices.Contains(h.Facts, id) {
			h.Facts = append(h.Facts, id)
		}
	}
	return fact, c
}

func (w *writer) citation(n *citation) {
	if n.id == "" {
		w.addf(n, "a citation is written [^ID] with the id of one fact: close the bracket, or write \\[ for a bracket")
		return
	}
	if _, c := w.cite(n, n.id); c != nil {
		n.number, n.nth = c.number, c.times
	}
}

func (w *writer) figure(n *figure) {
	if n.id == "" {
		w.addf(n, "a figure is written {=ID}, {=ID.name} or {=ID.name~}: correct it, or write \\{ for a brace")
		return
	}
	fact, c := w.cite(n, n.id)
	if fact == nil {
		return
	}
	n.nth = c.times
	value, msg := figureOf(fact, n.name)
	if msg != "" {
		w.addf(n, "%s", msg)
		return
	}
	n.text = printed(value, n.bare)
}

// figureOf returns the value of a fact that a figure names, and what is wrong
// where there is none.
func figureOf(fact *compare.Fact, name string) (v compare.Value, msg string) {
	v, ok := fact.Value(name)
	switch {
	case ok:
	case len(fact.Values) == 0 && fact.Measurement != "":
		// Its measurement has no results, which is reported with the fact.
	case len(fact.Values) == 0:
		msg = fmt.Sprintf("fact %s has no values: cite it as [^%s], or add values to it", fact.ID, fact.ID)
	case name == "":
		msg = fmt.Sprintf("fact %s has several values: name one of %s", fact.ID, valueNames(fact))
	default:
		msg = fmt.Sprintf("fact %s has no value %q: name one of %s", fact.ID, name, valueNames(fact))
	}
	return v, msg
}

func valueNames(f *compare.Fact) string {
	names := make([]string, len(f.Values))
	for i, v := range f.Values {
		names[i] = v.Name
	}
	return strings.Join(names, ", ")
}

// noBreak keeps a number and its unit on one line.
const noBreak = "\u00a0"

// printed returns a value as the text shows it.
func printed(v compare.Value, bare bool) string {
	if bare || v.Unit == "" {
		return strings.ReplaceAll(v.Text, " ", noBreak)
	}
	if v.Unit == "%" {
		return v.Text + v.Unit
	}
	return v.Text + noBreak + v.Unit
}
