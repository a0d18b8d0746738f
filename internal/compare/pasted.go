package compare

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on results compared side by side.
const (
	MaxTogether = 20 // results
	MaxName     = 40 // letters of a person's name
)

// A Pasted line is one line of pasted result links.
type Pasted struct {
	Line    int    // counted from 1
	Text    string // as pasted, spaces around it removed
	Name    string // "" if the line has none
	Code    string // in canonical spelling, "" if there is a problem
	Problem string // what is wrong with the line, "" if nothing
}

// PastedLinks reads links to results of c, one a line, each with a name before
// or behind it if the line has one: "Ana: https://…/result/1071gey". A bare code
// does as well. Empty lines are passed over. The line that repeats a result,
// belongs to another edition than the first, or is one too many, says so.
func (c *Comparison) PastedLinks(text string) []Pasted {
	var lines []Pasted
	first := map[string]int{}
	edition, good := 0, 0
	for i, raw := range strings.Split(text, "\n") {
		p := Pasted{Line: i + 1, Text: strings.TrimSpace(raw)}
		if p.Text == "" {
			continue
		}
		d, problem := c.readLine(&p)
		switch {
		case problem != "":
			p.Problem = problem
		case first[p.Code] > 0:
			p.Problem = "This is the same result as in line " + strconv.Itoa(first[p.Code]) + ". Two people with the same answers count only if one of them changes something."
		case edition > 0 && d.Asked != edition:
			p.Problem = "This result belongs to edition " + strconv.Itoa(d.Asked) + " and the first one to edition " + strconv.Itoa(edition) + ". Only results of one edition add up: open the older one and answer again."
		case good == MaxTogether:
			p.Problem = "This is one more than the " + strconv.Itoa(MaxTogether) + " results that fit."
		default:
			first[p.Code], edition = p.Line, d.Asked
			good++
		}
		lines = append(lines, p)
	}
	return lines
}

// readLine splits a line into name and code and decodes it.
func (c *Comparison) readLine(p *Pasted) (Decoded, string) {
	words := strings.Fields(p.Text)
	at := linkAmong(words)
	name := strings.Join(append(words[:at:at], words[at+1:]...), " ")
	p.Name = trimName(name)
	if n := utf8.RuneCountInString(p.Name); n > MaxName {
		return Decoded{}, "The name is longer than " + strconv.Itoa(MaxName) + " letters. Shorten it."
	}
	code, problem := c.codeIn(strings.Trim(words[at], "<>()\"',;"))
	if problem != "" {
		return Decoded{}, problem
	}
	d, err := c.Decode(code)
	if err != nil {
		return Decoded{}, err.Error()
	}
	p.Code, _ = Canonical(code)
	return d, ""
}

// invisible are characters without a shape that no spelling needs: soft hyphen,
// zero width space, word joiner and byte order mark. The joiners of U+200C and
// U+200D are not among them.
const invisible = "\u00ad\u200b\u2060\ufeff"

// trimName takes off what stands between a name and a link, or around both, and
// what nobody sees in it: a control of direction would turn the text around the
// name too.
func trimName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune(invisible, r) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, " :,;-–—<>\"'")
	inside := strings.TrimSuffix(strings.TrimPrefix(name, "("), ")")
	if strings.Count(inside, "(") == strings.Count(inside, ")") {
		return inside // "(Ana)", or "Ana)" behind a link in brackets
	}
	return name // "Ana (backend)"
}

// linkAmong returns which word of a line is the link: one with /result/ in it,
// else one that looks like an address, else the last, as a bare code.
func linkAmong(words []string) int {
	for _, sign := range []string{"/result/", "://"} {
		for i, w := range words {
			if strings.Contains(w, sign) {
				return i
			}
		}
	}
	return len(words) - 1
}

// codeIn takes the code out of a link, or returns what is wrong with it.
func (c *Comparison) codeIn(link string) (code, problem string) {
	if !strings.Contains(link, "/") {
		return link, ""
	}
	u, err := url.Parse(link)
	if err != nil {
		return "", "This is not a link that can be read."
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	n := len(parts)
	if n < 3 || parts[n-2] != "result" {
		return "", "This is not a link to a result. A result link has /result/ and a code in it."
	}
	if parts[n-3] != c.Slug {
		return "", "This result belongs to another comparison."
	}
	code, _, _ = strings.Cut(parts[n-1], ".") // a link to an export is as good
	return code, ""
}
