package templates

import (
	"bytes"
	"context"
	"html"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// A stencil filled in is what its component renders.
func TestStencil(t *testing.T) {
	t.Parallel()
	const hostile = `<b>"it's" & so</b>`
	p := &pen{}
	p.fill(newStencil(paragraph), hostile)
	p.space()
	p.around(newStencil(flip), func() { p.fill(newStencil(flipChange), "Which?", hostile) }, "/a-vs-b/result/1", hostile)
	p.fill(newStencil(noBar))

	var want bytes.Buffer
	ctx := context.Background()
	for _, c := range []templ.Component{paragraph(hostile), templ.Raw(" ")} {
		if err := c.Render(ctx, &want); err != nil {
			t.Fatal(err)
		}
	}
	inner := templ.WithChildren(ctx, flipChange("Which?", hostile))
	if err := flip("/a-vs-b/result/1", hostile).Render(inner, &want); err != nil {
		t.Fatal(err)
	}
	if err := noBar().Render(ctx, &want); err != nil {
		t.Fatal(err)
	}
	if got := string(p.page); got != want.String() {
		t.Errorf("filled in:\n%s\nrendered:\n%s", got, want.String())
	}
}

// What a pen escapes is what the standard library and templ do.
func TestEscaper(t *testing.T) {
	t.Parallel()
	var every strings.Builder
	for r := range rune(0x300) {
		every.WriteRune(r)
	}
	every.WriteString("\xff\U0001F600")
	got := escaper.Replace(every.String())
	if want := html.EscapeString(every.String()); got != want {
		t.Errorf("escaped %q, want %q", got, want)
	}
	if want := templ.EscapeString(every.String()); got != want {
		t.Errorf("escaped %q, and by templ %q", got, want)
	}
}

// Characters that mark holes are nothing but text where no hole is.
func TestStencilMarksInText(t *testing.T) {
	t.Parallel()
	text := "a" + string(firstMark+1) + "b" + string(childMark) + "c"
	p := &pen{}
	p.fill(newStencil(func() templ.Component { return paragraph(text) }))
	if got, want := string(p.page), "<p>"+text[:6]+"c</p>"; got != want {
		t.Errorf("filled in %q, want %q", got, want)
	}
	p.page = nil
	p.fill(newStencil(paragraph), text)
	if got, want := string(p.page), "<p>"+text+"</p>"; got != want {
		t.Errorf("filled in %q, want %q", got, want)
	}
}
