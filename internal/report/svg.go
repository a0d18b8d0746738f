package report

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// CardSVG returns the card of the result as a picture that needs nothing else:
// no font, no style sheet, no script.
func (r *Report) CardSVG() ([]byte, error) {
	c, err := r.card()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d" role="img">`+"\n",
		cardWidth, cardHeight)
	fmt.Fprintf(&b, "<title>%s</title>\n", plain(c.title))
	fmt.Fprintf(&b, "<desc>%s</desc>\n", plain(strings.Join(r.Firmness, " ")))
	fmt.Fprintf(&b, `<path fill="%s" d="M0 0h%dv%dH0z"/>`+"\n", paper, cardWidth, cardHeight)
	for _, s := range c.shapes {
		fmt.Fprintf(&b, `<path fill="%s" d="%s"/>`+"\n", plain(s.fill), s.data())
	}
	b.WriteString(`<g font-family="'Go', 'Liberation Sans', Arial, Helvetica, sans-serif">` + "\n")
	for _, t := range c.texts {
		t.svg(&b)
	}
	b.WriteString("</g>\n</svg>\n")
	return []byte(b.String()), nil
}

// data writes the path of a shape.
func (s shape) data() string {
	var b strings.Builder
	for _, step := range s.path {
		switch {
		case step.move:
			b.WriteByte('M')
		case len(step.points) == 3:
			b.WriteByte('C')
		default:
			b.WriteByte('L')
		}
		for i, p := range step.points {
			fmt.Fprintf(&b, "%s%s %s", strings.Repeat(" ", min(i, 1)), pixels(p.x), pixels(p.y))
		}
	}
	return b.String() + "z"
}

// pixels writes hundredths of a pixel.
func pixels(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func (t text) svg(b *strings.Builder) {
	anchor := [...]string{left: "start", middle: "middle", right: "end"}[t.align]
	weight := ""
	if t.bold {
		weight = ` font-weight="700"`
	}
	fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%d"%s text-anchor="%s" fill="%s">%s</text>`+"\n",
		pixels(t.at.x), pixels(t.at.y), t.size, weight, anchor, t.colour, plain(t.words))
}

// plain writes a text so that XML reads it as that text.
func plain(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // writing into memory cannot fail
	return b.String()
}
