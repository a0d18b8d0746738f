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

// Int returns a number in digits.
func (p *Prose) Int(n int) string {
	var digits [20]byte
	return p.Text(strconv.AppendInt(digits[:0], int64(n), 10))
}
