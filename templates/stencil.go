package templates

import (
	"context"
	"io"
	"reflect"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"tiebreak/internal/compare"
)

// A stencil is a component that was rendered once, with holes where its texts
// go. Filling the holes copies all the rest, so a page of which most is known
// beforehand takes little more than its bytes to make. Components and what they
// escape stay where they are: in templ.
type stencil struct {
	pieces []string // one more than there are holes
	holes  []int    // which text goes between two pieces, or children
}

// children is the hole where a component says children.
const children = -1

// Texts are marked with characters for private use, which no escaping changes.
const (
	firstMark = '\U000F0000'
	childMark = '\U000FFFFD'
)

// newStencil renders a component: a function that takes nothing but strings and
// returns a templ.Component. It panics if it gets anything else.
func newStencil(component any) *stencil {
	f := reflect.ValueOf(component)
	texts := make([]reflect.Value, f.Type().NumIn())
	for i := range texts {
		texts[i] = reflect.ValueOf(string(firstMark + rune(i)))
	}
	made, ok := f.Call(texts)[0].Interface().(templ.Component)
	if !ok {
		panic("templates: a stencil of something that is no component")
	}
	inner := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, string(childMark))
		return err
	})
	var b strings.Builder
	if err := made.Render(templ.WithChildren(context.Background(), inner), &b); err != nil {
		panic("templates: a stencil that cannot be rendered: " + err.Error())
	}
	return cut(b.String(), len(texts))
}

// cut finds the holes.
func cut(markup string, texts int) *stencil {
	s, from := &stencil{}, 0
	for at, r := range markup {
		hole := int(r - firstMark)
		switch {
		case r == childMark:
			hole = children
		case hole < 0 || hole >= texts:
			continue
		}
		s.pieces, s.holes = append(s.pieces, markup[from:at]), append(s.holes, hole)
		from = at + len(string(r))
	}
	s.pieces = append(s.pieces, markup[from:])
	return s
}

// A pen writes a page from stencils.
type pen struct {
	page  []byte
	words compare.Prose // texts made for this page
}

// pens keeps pens with the memory of pages that were written.
var pens = sync.Pool{New: func() any { return new(pen) }}

// writtenBy returns the component that a pen writes.
func writtenBy(write func(ctx context.Context, p *pen) error) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		p, ok := pens.Get().(*pen)
		if !ok {
			panic("templates: pens holds something else")
		}
		defer pens.Put(p)
		p.page, p.words = p.page[:0], compare.Prose{}
		if err := write(ctx, p); err != nil {
			return err
		}
		_, err := w.Write(p.page)
		return err
	})
}

// Write puts markup that was rendered already.
func (p *pen) Write(b []byte) (int, error) {
	p.page = append(p.page, b...)
	return len(b), nil
}

// WriteString is Write for a string, which the escaper then need not copy.
func (p *pen) WriteString(s string) (int, error) {
	p.page = append(p.page, s...)
	return len(s), nil
}

// escaper writes what [html.EscapeString] returns.
var escaper = strings.NewReplacer("&", "&amp;", "'", "&#39;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// space keeps two pieces apart, as templ does with what stands in two lines.
func (p *pen) space() { p.page = append(p.page, ' ') }

// fill writes a stencil with the texts its component takes.
func (p *pen) fill(s *stencil, texts ...string) { p.around(s, nil, texts...) }

// around writes a stencil with the texts its component takes and what inner
// writes for its children.
func (p *pen) around(s *stencil, inner func(), texts ...string) {
	for i, hole := range s.holes {
		p.page = append(p.page, s.pieces[i]...)
		if hole == children {
			if inner != nil {
				inner()
			}
			continue
		}
		_, _ = escaper.WriteString(p, texts[hole]) // a pen takes everything
	}
	p.page = append(p.page, s.pieces[len(s.holes)]...)
}
