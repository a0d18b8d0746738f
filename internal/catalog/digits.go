package catalog

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiebreak/internal/compare"
)

// A figure in prose comes from a fact that is cited where it stands. What
// follows tells figures from the other numbers that texts need: versions,
// dates, numbers of sections, and a few phrases.

// Signs that stand for what is no plain text of ours, so that numbers around
// it are seen in their place.
const (
	codeSign   = "\ue000" // a code span
	figureSign = "\ue001" // a figure printed from a fact
)

// A numeral is a number written in digits, in a text.
type numeral struct {
	text string // "1,000", "41%"
	at   int    // where it begins
}

var (
	isoDay      = regexp.MustCompile(`\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b`)
	expression  = regexp.MustCompile(`\S*=\S*`)
	year        = regexp.MustCompile(`^(?:19|20)[0-9]{2}$`)
	dayOfMonth  = regexp.MustCompile(`^(?:[1-9]|[12][0-9]|3[01])$`)
	month       = regexp.MustCompile(`^[ \x{a0}](?:January|February|March|April|May|June|July|August|September|October|November|December)\b`)
	versionForm = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)*$`)
	// rating is what stands before a point of the scale of ratings, in a reason.
	rating = regexp.MustCompile(`\b(?:not|near|below|above) $`)
	// chained is what joins a version or a section to the one before it.
	chained = regexp.MustCompile(`^(?:\.x)?(?:,|,? and|,? or| to| through|–|-|/)[ \x{a0}]?$`)
)

const digits = "0123456789"

// numeralsIn returns the numerals of a text in their order. They are looked for
// by hand: a regular expression is tried at every letter, and every text of the
// content is read for them.
func numeralsIn(text string) iter.Seq[numeral] {
	return func(yield func(numeral) bool) {
		for at := 0; ; {
			i := strings.IndexAny(text[at:], digits)
			if i < 0 {
				return
			}
			at += i
			n := numeral{text[at : at+numeralLen(text[at:])], at}
			if !yield(n) {
				return
			}
			at += len(n.text)
		}
	}
}

// numeralLen returns the length of the numeral that a text begins with: digits,
// in groups parted by one of .,: each, and a percent sign with or without space.
func numeralLen(text string) int {
	isDigit := func(i int) bool { return i < len(text) && '0' <= text[i] && text[i] <= '9' }
	n := 0
	for isDigit(n) || n < len(text) && strings.IndexByte(".,:", text[n]) >= 0 && isDigit(n+1) {
		n++
	}
	rest := text[n:]
	for _, percent := range []string{"%", " %", "\u00a0%"} {
		if strings.HasPrefix(rest, percent) {
			return n + len(percent)
		}
	}
	return n
}

// An allowance is a phrase whose number no fact has to prove.
type allowance struct{ phrase, reason string }

// allowances lists the phrases that may stand anywhere.
func allowances() []allowance {
	return []allowance{
		{"0 to 100", "the scale of every row"},
		{"64-bit", "a kind of machine"},
		{"32-bit", "a kind of machine"},
		{"95%", "the level of every interval"},
	}
}

// numberedWords stand before a number that names something instead of
// counting it. The last of them are names of products that begin small.
func numberedWords() []string {
	return []string{
		"version", "versions", "release", "releases", "edition", "editions", "section", "sections",
		"step", "steps", "part", "chapter", "question", "row", "line", "level", "stage", "tier", "number",
		"npm", "pnpm", "pip", "uv",
	}
}

// plainWords begin with a capital at the start of a sentence and are no names:
// a number after them is a figure.
func plainWords() []string {
	return []string{
		"A", "About", "Above", "Across", "After", "All", "Almost", "Among", "An", "And", "Another", "Around", "As",
		"At", "Before", "Below", "Between", "Beyond", "But", "By", "Count", "Every", "Exactly", "First", "For",
		"From", "Here", "If", "In", "Into", "It", "Its", "Just", "Last", "Less", "More", "Most", "Near", "Nearly",
		"No", "Not", "Now", "Of", "On", "Only", "Or", "Other", "Our", "Over", "Per", "Roughly", "Since", "So", "Some",
		"Take", "Than", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "Through", "To",
		"Under", "Until", "Up", "We", "When", "Where", "With", "Within", "Without", "Yet", "You",
	}
}

// A prose is a text whose numbers are checked against facts.
type prose struct {
	text  string
	facts []*compare.Fact
	proof map[string]bool // the numbers of the facts, if they are known already
	units []string        // units of figures: a number before one is no version
	// ratings may be named: "good tools, so not 60"
	ratings bool
}

// nearby is how many bytes before a number say what it is.
const nearby = 100

// unproven returns the numbers of the text that are figures and stand in none
// of its facts.
func (p prose) unproven() []numeral {
	if !strings.ContainsAny(p.text, digits) {
		return nil
	}
	var found []numeral
	proof := p.proof
	exempt := p.exempt()
	named := -1 // where the last number ends that names something
	for n := range numeralsIn(p.text) {
		end := n.at + len(n.text)
		before, after := p.text[max(0, n.at-nearby):n.at], p.text[end:]
		switch {
		case exempt[n.at] && exempt[end-1]:
			continue
		case year.MatchString(n.text), dayOfMonth.MatchString(n.text) && month.MatchString(after):
			continue
		case glued(before), p.names(n.text, before, after), named >= 0 && p.goesOn(named, n, after):
			named = end
			continue
		case p.ratings && rating.MatchString(before) && versionForm.MatchString(n.text):
			continue
		}
		if proof == nil {
			proof = numbersOf(p.facts)
		}
		if !proof[bare(n.text)] {
			found = append(found, n)
		}
	}
	return found
}

// goesOn reports whether a number is one more of those of which the last ends
// at named, as 26 is in "Node.js 24 and 26".
func (p prose) goesOn(named int, n numeral, after string) bool {
	return n.at-named < nearby && versionForm.MatchString(n.text) && chained.MatchString(p.text[named:n.at]) && !p.counts(after)
}

// exempt marks where days, expressions such as max=5 and allowed phrases stand.
func (p prose) exempt() []bool {
	marks := make([]bool, len(p.text))
	mark := func(from, to int) {
		for i := from; i < to; i++ {
			marks[i] = true
		}
	}
	for sign, form := range map[string]*regexp.Regexp{"-": isoDay, "=": expression} {
		if !strings.Contains(p.text, sign) {
			continue // hardly any text has one, and looking for the form takes long
		}
		for _, span := range form.FindAllStringIndex(p.text, -1) {
			mark(span[0], span[1])
		}
	}
	for _, a := range allowances() {
		for from := 0; ; {
			i := strings.Index(p.text[from:], a.phrase)
			if i < 0 {
				break
			}
			from += i + len(a.phrase)
			mark(from-len(a.phrase), from)
		}
	}
	return marks
}

// glued reports whether a number is part of a word that begins before it, as
// in ES2022, HTTP/1.1 and x86-64.
func glued(before string) bool {
	rest := strings.TrimRightFunc(before, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("/-+._"+codeSign, r)
	})
	first, _ := utf8.DecodeRuneInString(before[len(rest):])
	return unicode.IsLetter(first) || string(first) == codeSign
}

// names reports whether a number names something, as a version after the name
// of a product does, or the number of a section.
func (p prose) names(number, before, after string) bool {
	before, spaced := strings.CutSuffix(before, " ")
	if !spaced {
		before, spaced = strings.CutSuffix(before, "\u00a0")
	}
	word := before[strings.LastIndexAny(before, " \t\n\f\r")+1:]
	if !spaced || word == "" || !versionForm.MatchString(number) || p.counts(after) {
		return false
	}
	word = strings.TrimLeft(word, "(“\"'")
	if slices.Contains(numberedWords(), strings.ToLower(word)) || strings.HasSuffix(word, codeSign) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	return unicode.IsUpper(first) && (unicode.IsLetter(last) || unicode.IsDigit(last)) && !slices.Contains(plainWords(), word)
}

// commonUnits are units wherever they stand.
func commonUnits() []string {
	return []string{"times", "percent", "per cent", "seconds", "minutes", "hours", "days", "weeks", "months", "years"}
}

// counts reports whether a number is followed by a unit.
func (p prose) counts(after string) bool {
	after = strings.TrimLeft(after, " \u00a0")
	return slices.ContainsFunc(slices.Concat(commonUnits(), p.units), func(unit string) bool {
		rest, ok := strings.CutPrefix(after, unit)
		next, _ := utf8.DecodeRuneInString(rest)
		return ok && !unicode.IsLetter(next)
	})
}

// numbersOf returns the numbers that facts prove, as [bare] writes them. A
// percentage proves its number too, and 24.12.0 proves the version 24.12; but 47
// does not prove 4.
func numbersOf(facts []*compare.Fact) map[string]bool {
	proof := map[string]bool{}
	for _, f := range facts {
		texts := []string{f.Statement}
		for _, v := range f.Values {
			texts = append(texts, v.String())
		}
		for number := range numeralsIn(strings.Join(texts, "\n")) {
			n := bare(number.text)
			proof[n] = true
			for n = strings.TrimSuffix(n, "%"); strings.Count(n, ".") > 1; n = n[:strings.LastIndexByte(n, '.')] {
				proof[n] = true
			}
			proof[n] = true
		}
	}
	return proof
}

var unmarked = strings.NewReplacer(",", "", " ", "", "\u00a0", "")

// bare returns a number without the signs that only make it easier to read, and
// 62.0% as 62%.
func bare(number string) string {
	if strings.ContainsAny(number, ", \u00a0") { // hardly any has one
		number = unmarked.Replace(number)
	}
	if whole, ok := strings.CutSuffix(number, ".0%"); ok {
		return whole + "%"
	}
	return number
}

// unitsOf returns the units of the figures of facts.
func unitsOf(facts []compare.Fact) []string {
	var units []string
	for i := range facts {
		for _, v := range facts[i].Values {
			if v.Unit != "" && !slices.Contains(units, v.Unit) {
				units = append(units, v.Unit)
			}
		}
	}
	return units
}

// fromNowhere is what is said of a figure that no fact proves.
const fromNowhere = "%q comes from no fact cited here: print it with {=ID.name}, or cite the fact that has it"

// withoutFacts is for texts that cite none.
const withoutFacts = "%q comes from no fact, and none is cited in such a text: say it without the figure"

// fromNowhereAtAll is what is said where any fact may prove it.
const fromNowhereAtAll = "%q comes from no fact: write what a fact says, or add the fact that has it"

// fromNowherePage is what is said of one on a page that cites no facts.
const fromNowherePage = "%q comes from no fact, and this page cites none: say it in words, or link to where it is shown"
