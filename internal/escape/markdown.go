package escape

import (
	"net/url"
	"strings"
	"unicode"
)

// Markdown writes a text so that Markdown shows it as it is: on one line, with
// nothing in it that starts a list, a heading, a link, a table or markup, not even
// an address that GitHub would make a link of. It escapes no more than that needs,
// so that the source stays readable.
func Markdown(text string) string {
	text = strings.Join(strings.FieldsFunc(text, breaks), " ")
	rest := strings.TrimLeft(text, "0123456789")
	number := text[:len(text)-len(rest)]
	var b strings.Builder
	b.WriteString(number)
	signs := []rune(rest)
	for i, r := range signs {
		next := ' '
		if i+1 < len(signs) {
			next = signs[i+1]
		}
		first := i == 0 && number == ""
		if marks(r, next) || i == 0 && marksLine(r, number != "") || !first && links(signs[:i], r, next) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// MarkdownCell writes a text for a cell of a table as GitHub has it, where a bar
// ends the cell wherever it stands.
func MarkdownCell(text string) string {
	text = Markdown(text)
	if strings.HasPrefix(text, `\|`) { // escaped already, as the first sign of a line
		text = text[1:]
	}
	return strings.ReplaceAll(text, "|", `\|`)
}

// marks reports whether the sign may mean something anywhere in a line.
func marks(r, next rune) bool {
	if r == '&' {
		return next == '#' || unicode.IsLetter(next) // &amp; but not A & B
	}
	return strings.ContainsRune("\\`*_[]<~$", r)
}

// links reports whether the sign makes an address of what stands around it: a web
// address with or without its scheme, or a mail address.
func links(before []rune, r, next rune) bool {
	switch r {
	case ':':
		return next == '/'
	case '.':
		return strings.EqualFold(string(before[max(0, len(before)-3):]), "www")
	case '@':
		return !unicode.IsSpace(next)
	}
	return false
}

// marksLine reports whether the sign means something as the first of a line:
// headings, quotations, tables and lists, with the dot or bracket of a numbered one.
func marksLine(r rune, numbered bool) bool {
	if numbered {
		return r == '.' || r == ')'
	}
	return strings.ContainsRune("#+-=:>|", r)
}

// breaks reports whether the rune parts words: white space, and what nobody sees.
func breaks(r rune) bool { return r != '\u00a0' && unicode.IsSpace(r) || unicode.IsControl(r) }

// MarkdownLink writes a link to an address of the web, http or https. With any
// other address the text stays text.
func MarkdownLink(text, address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return Markdown(text)
	}
	// An address ends at the first bracket or space.
	safe := strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\\", "%5C", " ", "%20")
	return "[" + Markdown(text) + "](" + safe.Replace(u.String()) + ")"
}
