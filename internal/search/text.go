package search

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tiebreak/internal/compare"
)

// A section is a heading with the text up to the next one.
type section struct {
	id, title string // both "" for the text above the first heading
	text      string
	code      string // its blocks of code
}

// A reading is the state of taking a text apart.
type reading struct {
	sections []section
	title    strings.Builder
	text     strings.Builder
	code     strings.Builder
}

// sections takes the markup of a text apart at its headings.
func sections(body compare.HTML) []section {
	// Reading a string fails in no way that the parser does not mend.
	root, _ := html.Parse(strings.NewReader(string(body)))
	r := &reading{sections: []section{{}}}
	r.read(root, &r.text)
	r.close()
	return slices.DeleteFunc(r.sections, func(s section) bool { return s.id == "" && s.text == "" })
}

// read adds the text within a node to a builder, or to that of the heading or
// code it belongs to.
func (r *reading) read(n *html.Node, to *strings.Builder) {
	switch {
	case n.Type == html.TextNode:
		to.WriteString(n.Data)
		return
	case silent(n):
		return
	case n.DataAtom == atom.H2 || n.DataAtom == atom.H3:
		r.close()
		r.sections = append(r.sections, section{id: attribute(n, "id")})
		to = &r.title
	case n.DataAtom == atom.Pre:
		to = &r.code
	}
	apart := block(n.DataAtom)
	if apart {
		to.WriteByte(' ')
	}
	for child := range n.ChildNodes() {
		r.read(child, to)
	}
	if apart {
		to.WriteByte(' ')
	}
}

// close ends the section that is being read.
func (r *reading) close() {
	s := &r.sections[len(r.sections)-1]
	s.title, s.text, s.code = oneLine(&r.title), oneLine(&r.text), oneLine(&r.code)
}

// oneLine empties the builder and returns its words with one space between.
func oneLine(b *strings.Builder) string {
	s := strings.Join(strings.Fields(b.String()), " ")
	b.Reset()
	return s
}

// silent reports whether what the element holds is not text of the author's:
// marks of citations, links to headings, labels and captions, drawings.
func silent(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Figcaption, atom.Button, atom.Script, atom.Style, atom.Svg:
		return true
	}
	class := strings.Fields(attribute(n, "class"))
	return slices.Contains(class, "cite") || slices.Contains(class, "anchor") || slices.Contains(class, "callout-label")
}

// block reports whether the element stands on lines of its own, so that the
// words beside it are not joined.
func block(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Td, atom.Th, atom.Tr, atom.Div, atom.Figure, atom.Blockquote, atom.Aside, atom.Pre, atom.Br, atom.Dt, atom.Dd:
		return true
	}
	return false
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
