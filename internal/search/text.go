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
	heading  bool
	pre      bool
	skip     []atom.Atom // elements open that hold no text of the author's
}

// sections takes the markup of a text apart at its headings.
func sections(body compare.HTML) []section {
	r := &reading{sections: []section{{}}}
	tokens := html.NewTokenizer(strings.NewReader(string(body)))
	for {
		switch tokens.Next() {
		case html.ErrorToken: // the end: reading a string fails in no other way
			r.close()
			return slices.DeleteFunc(r.sections, func(s section) bool { return s.id == "" && s.text == "" })
		case html.StartTagToken:
			r.open(tokens.Token())
		case html.EndTagToken:
			r.end(tokens.Token().DataAtom)
		case html.TextToken:
			r.write(tokens.Token().Data)
		}
	}
}

func (r *reading) open(t html.Token) {
	switch {
	case len(r.skip) > 0 || silent(t):
		if !void(t.DataAtom) {
			r.skip = append(r.skip, t.DataAtom)
		}
	case t.DataAtom == atom.H2 || t.DataAtom == atom.H3:
		r.close()
		r.sections = append(r.sections, section{id: attribute(t, "id")})
		r.heading = true
	case t.DataAtom == atom.Pre:
		r.pre = true
	case block(t.DataAtom):
		r.write(" ")
	}
}

func (r *reading) end(a atom.Atom) {
	switch {
	case len(r.skip) > 0:
		r.skip = r.skip[:len(r.skip)-1]
	case a == atom.H2 || a == atom.H3:
		r.heading = false
	case a == atom.Pre:
		r.pre = false
		r.code.WriteByte(' ')
	case block(a):
		r.write(" ")
	}
}

func (r *reading) write(text string) {
	switch {
	case len(r.skip) > 0:
	case r.heading:
		r.title.WriteString(text)
	case r.pre:
		r.code.WriteString(text)
	default:
		r.text.WriteString(text)
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
func silent(t html.Token) bool {
	switch t.DataAtom {
	case atom.Figcaption, atom.Button, atom.Script, atom.Style:
		return true
	}
	if t.Data == "svg" {
		return true
	}
	class := strings.Fields(attribute(t, "class"))
	return slices.Contains(class, "cite") || slices.Contains(class, "anchor") || slices.Contains(class, "callout-label")
}

// block reports whether the element stands on lines of its own, so that the
// words beside it are not joined.
func block(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Td, atom.Th, atom.Tr, atom.Div, atom.Figure, atom.Blockquote, atom.Aside, atom.Br, atom.Dt, atom.Dd:
		return true
	}
	return false
}

// void reports whether the element has no end tag.
func void(a atom.Atom) bool {
	switch a {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Wbr, atom.Col:
		return true
	}
	return false
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
