package compare

import "strings"

// Result codes hold a reader's answers in a link: SCORING.md section 13. This
// file is the symbol layer, which knows nothing of editions and questions.

const (
	alphabet   = "0123456789abcdefghjkmnpqrstvwxyz" // Crockford's base 32
	codeFormat = 1
	headLen    = 3      // format symbol and two for the edition
	checkLen   = 3      // check symbols at the end
	checkGoal  = 0x2bc8 // what a whole code must come to
	maxEdition = 1023
)

// Lengths of a result code, in symbols.
const (
	MinCodeLen = headLen + checkLen
	MaxCodeLen = headLen + MaxSlots + checkLen
)

// A CodeError says why a result code cannot be read. It wraps [ErrNotFound].
type CodeError struct {
	Msg string // one sentence a reader can act on
}

func (e *CodeError) Error() string { return e.Msg }

// Unwrap returns ErrNotFound.
func (e *CodeError) Unwrap() error { return ErrNotFound }

// ParseSymbols reads Crockford's base 32 into symbol values 0 to 31: case does
// not matter, hyphens are dropped, o reads as 0, i and l as 1. Any other
// character is a *[CodeError].
func ParseSymbols(s string) ([]byte, error) { return parseSymbols(make([]byte, 0, len(s)), s) }

// parseSymbols appends what [ParseSymbols] returns.
func parseSymbols(symbols []byte, s string) ([]byte, error) {
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		switch r {
		case '-':
			continue
		case 'o':
			r = '0'
		case 'i', 'l':
			r = '1'
		}
		v := strings.IndexRune(alphabet, r)
		if v < 0 {
			return nil, &CodeError{Msg: "The link has a character that no result link contains. It may have picked up something from the text around it."}
		}
		symbols = append(symbols, byte(v))
	}
	return symbols, nil
}

// spell turns symbols into the characters that stand for them.
func spell(symbols []byte) {
	for i, v := range symbols {
		symbols[i] = alphabet[v]
	}
}

// checkStep feeds one 5-bit symbol to the Reed-Solomon check over GF(32) with
// generator x^3 + 14x^2 + 29x + 10.
func checkStep(c uint32, v byte) uint32 {
	t := c >> 10
	c = (c&0x3ff)<<5 ^ uint32(v)
	for i, g := range [...]uint32{0x3baa, 0x73f4, 0x776d, 0x7e7a, 0x6c71} {
		if t>>i&1 != 0 {
			c ^= g
		}
	}
	return c
}

// checkSum runs the check over the comparison's slug and then the symbols.
// The slug makes a code of another comparison fail.
func checkSum(slug string, symbols []byte) uint32 {
	c := uint32(1)
	for i := range len(slug) {
		c = checkStep(c, slug[i]>>5)
		c = checkStep(c, slug[i]&31)
	}
	for _, v := range symbols {
		c = checkStep(c, v)
	}
	return c
}

// appendCode appends the code of an edition number, 0 to 1023, and slot symbols,
// 0 to 28 each and the last not 0.
func appendCode(b []byte, slug string, edition int, slots []byte) []byte {
	from := len(b)
	b = append(b, codeFormat, byte(edition>>5), byte(edition&31))
	b = append(b, slots...)
	b = append(b, 0, 0, 0)
	symbols := b[from:]
	check := checkSum(slug, symbols) ^ checkGoal
	n := len(symbols)
	symbols[n-3], symbols[n-2], symbols[n-1] = byte(check>>10), byte(check>>5&31), byte(check&31)
	spell(symbols)
	return b
}

// decode reads a code into its edition number and slot symbols, in the room given.
func decode(room []byte, slug, code string) (edition int, slots []byte, err error) {
	if len(code) > 4*MaxCodeLen {
		return 0, nil, &CodeError{Msg: "The link is longer than any result link. Something has been added at its end."}
	}
	symbols, err := parseSymbols(room, code)
	if err != nil {
		return 0, nil, err
	}
	switch n := len(symbols); {
	case n < MinCodeLen:
		return 0, nil, &CodeError{Msg: "The link is cut off: its last part is shorter than any result code."}
	case n > MaxCodeLen:
		return 0, nil, &CodeError{Msg: "The link is longer than any result link. Something has been added at its end."}
	}
	if checkSum(slug, symbols) != checkGoal {
		return 0, nil, &CodeError{Msg: "The link is cut off or mistyped: its check letters do not fit the rest."}
	}
	if symbols[0] != codeFormat {
		return 0, nil, &CodeError{Msg: "The link is written in a form this site does not know. It may come from a newer version of the site."}
	}
	slots = symbols[headLen : len(symbols)-checkLen]
	for _, v := range slots {
		if v > 4*MaxChoices {
			return 0, nil, &CodeError{Msg: "The link holds an answer that no question has."}
		}
	}
	if n := len(slots); n > 0 && slots[n-1] == 0 {
		return 0, nil, &CodeError{Msg: "The link is not written the way this site writes its links: it ends in an empty answer."}
	}
	return int(symbols[1])<<5 | int(symbols[2]), slots, nil
}

// symbol returns the answer's symbol in a code: 0 for no answer, else
// 1 + 4*(choice-1) + importance.
func (a Answer) symbol() byte {
	if a.Choice == 0 {
		return 0
	}
	return byte(1 + 4*(a.Choice-1) + int(a.Importance))
}

func answerOf(symbol byte) Answer {
	if symbol == 0 {
		return Answer{}
	}
	return Answer{Choice: int(symbol-1)/4 + 1, Importance: Importance((symbol - 1) % 4)}
}

// Code returns the answers as the last segment of a result link. Equal answers
// have equal codes, and different answers different ones.
func (a Answers) Code() string {
	var code [MaxCodeLen]byte
	return string(a.AppendCode(code[:0]))
}

// AppendCode appends what Code returns.
func (a Answers) AppendCode(b []byte) []byte {
	var slots [MaxSlots]byte
	n := 0
	for i, ans := range a.slots {
		slots[i] = ans.symbol()
		if slots[i] != 0 {
			n = i + 1
		}
	}
	return appendCode(b, a.edition.Comparison, a.edition.Number, slots[:n])
}

// Decoded is what a result code holds.
type Decoded struct {
	Answers Answers
	// Asked is the number of the edition the code names. It differs from the
	// answers' edition only where that edition's data is no longer kept.
	Asked int
	// Ignored names the answers left out because their question or choice is
	// retired, each as a reader would call it.
	Ignored []string
}

// Kept reports whether the answers are read by the edition they were given to.
func (d Decoded) Kept() bool { return d.Asked == d.Answers.edition.Number }

// Decode reads a result code. Every error is a *[CodeError]. The code in its
// canonical spelling is Answers.Code of the result, unless answers were
// ignored or the edition is not kept.
func (c *Comparison) Decode(code string) (Decoded, error) {
	var room [MaxCodeLen]byte // off the heap
	number, slots, err := decode(room[:0], c.Slug, code)
	if err != nil {
		return Decoded{}, err
	}
	d := Decoded{Asked: number}
	switch e := c.Edition(number); {
	case number > c.Current().Number:
		return Decoded{}, &CodeError{Msg: "The link was made with a newer edition of this comparison than this site has."}
	case number == 0:
		return Decoded{}, &CodeError{Msg: "The link names an edition that never existed."}
	case e != nil:
		d.Answers = e.NoAnswers()
	default:
		d.Answers = c.Current().NoAnswers()
	}
	for slot, symbol := range slots {
		if err := d.take(slot, answerOf(symbol)); err != nil {
			return Decoded{}, err
		}
	}
	return d, nil
}

// take adds one answer, or names it among the ignored ones.
func (d *Decoded) take(slot int, ans Answer) error {
	if ans.Choice == 0 {
		return nil
	}
	q := d.Answers.edition.QuestionAt(slot)
	if q == nil {
		return &CodeError{Msg: "The link answers a question that this edition does not have."}
	}
	ch := q.Numbered(ans.Choice)
	switch {
	case ch == nil && !q.Retired:
		return &CodeError{Msg: "The link holds an answer that no question has."}
	case q.Retired || ch.Retired:
		d.Ignored = append(d.Ignored, q.Text)
		return nil
	case q.Fixed != nil && *q.Fixed != ans.Importance:
		if d.Kept() {
			return &CodeError{Msg: "The link gives an answer an importance that its question does not take."}
		}
		ans.Importance = *q.Fixed // was for the reader to say in the edition the link names
	}
	d.Answers = d.Answers.With(slot, ans)
	return nil
}

// Canonical reports whether code is spelled the one way this site spells it.
func Canonical(code string) (string, bool) {
	var room [MaxCodeLen]byte // off the heap
	symbols, err := parseSymbols(room[:0], code)
	if err != nil {
		return "", false
	}
	spell(symbols)
	if string(symbols) == code {
		return code, true
	}
	return string(symbols), false
}
