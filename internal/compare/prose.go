package compare

import (
	"strconv"
	"strings"
)

// Prose joins many short texts in few pieces of memory. What it has returned
// stays as it is while more is joined. The zero value is ready to use; it must
// not be copied.
type Prose struct{ b strings.Builder }

// Grow makes room for that many more bytes at once.
func (p *Prose) Grow(bytes int) { p.b.Grow(bytes) }

// Join returns the parts one after the other.
func (p *Prose) Join(parts ...string) string {
	from := p.b.Len()
	for _, part := range parts {
		p.b.WriteString(part)
	}
	return p.b.String()[from:]
}

// Text returns the bytes as a string.
func (p *Prose) Text(b []byte) string {
	from := p.b.Len()
	p.b.Write(b)
	return p.b.String()[from:]
}

// List joins texts as prose does: "a, b and c", with the given last word, and the
// given signs around each.
func (p *Prose) List(texts []string, word, before, after string) string {
	list := ""
	for i, text := range texts {
		switch {
		case i == 0:
			list = p.Join(before, text, after)
		case i == len(texts)-1:
			list = p.Join(list, " ", word, " ", before, text, after)
		default:
			list = p.Join(list, ", ", before, text, after)
		}
	}
	return list
}

// Int returns a number in digits.
func (p *Prose) Int(n int) string {
	var digits [20]byte
	return p.Text(strconv.AppendInt(digits[:0], int64(n), 10))
}

// Thousands returns a number as the function of that name does.
func (p *Prose) Thousands(n int64) string {
	if n < 1000 {
		return p.Int(int(n))
	}
	rest := int(n % 1000)
	zeros := "00"[min(2, len(strconv.Itoa(rest))-1):]
	return p.Join(p.Thousands(n/1000), ",", zeros, p.Int(rest))
}
