package compare

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The codes of SCORING.md section 13, digit for digit.
func TestPublishedCodes(t *testing.T) {
	t.Parallel()
	allSixMust := "q0 6 must"
	for slot := 1; slot < 16; slot++ {
		allSixMust += fmt.Sprintf(",q%d 6 must", slot)
	}
	for _, tt := range []struct {
		slug    string
		edition int
		answers string
		want    string
	}{
		{"node-vs-python", 7, "", "107ycx"},
		{"node-vs-python", 7, "q0 1 normal", "1071gey"},
		{"node-vs-python", 7, "q0 2 high,q1 1 normal,q3 6 must", "107710r56q"},
		{"node-vs-python", 7, "q0 1 high,q1 1 normal,q3 1 low", "1073102kk9"},
		{"node-vs-python", 7, "q15 7 low", "107000000000000000tynw"},
		{"node-vs-python", 1023, allSixMust, "1zzrrrrrrrrrrrrrrrrvhv"},
		{"django-vs-rails", 7, "q0 2 high,q1 1 normal,q3 6 must", "107710r3w4"},
	} {
		c := numbered(tt.slug, tt.edition, 16)
		a := give(t, c.Current(), tt.answers)
		if got := a.Code(); got != tt.want {
			t.Errorf("code of %s edition %d, %q = %q, want %q", tt.slug, tt.edition, tt.answers, got, tt.want)
		}
		d, err := c.Decode(tt.want)
		if err != nil {
			t.Errorf("Decode(%q) = %v", tt.want, err)
			continue
		}
		if d.Answers != a || d.Asked != tt.edition || !d.Kept() || d.Ignored != nil {
			t.Errorf("Decode(%q) = %q of edition %d, ignored %v, want %q", tt.want, said(d.Answers), d.Asked, d.Ignored, tt.answers)
		}
	}
}

func TestLongestCode(t *testing.T) {
	t.Parallel()
	c := numbered("a-vs-b", 1, MaxSlots)
	a := c.Current().NoAnswers()
	for slot := range MaxSlots {
		a = a.With(slot, Answer{MaxChoices, Mandatory})
	}
	code := a.Code()
	if len(code) != MaxCodeLen || MaxCodeLen != 31 {
		t.Errorf("code of %d answers has %d symbols, want 31", MaxSlots, len(code))
	}
	if d, err := c.Decode(code); err != nil || d.Answers != a {
		t.Errorf("Decode(%q) = %v, %v, want the same answers", code, said(d.Answers), err)
	}
}

const (
	cutOff     = "The link is cut off: its last part is shorter than any result code."
	tooLong    = "The link is longer than any result link. Something has been added at its end."
	badChar    = "The link has a character that no result link contains. It may have picked up something from the text around it."
	mistyped   = "The link is cut off or mistyped: its check letters do not fit the rest."
	otherForm  = "The link is written in a form this site does not know. It may come from a newer version of the site."
	noAnswer   = "The link holds an answer that no question has."
	emptyEnd   = "The link is not written the way this site writes its links: it ends in an empty answer."
	newer      = "The link was made with a newer edition of this comparison than this site has."
	never      = "The link names an edition that never existed."
	noQuestion = "The link answers a question that this edition does not have."
	notTaken   = "The link gives an answer an importance that its question does not take."
)

func TestDecodeErrors(t *testing.T) {
	t.Parallel()
	c := valid()
	forge := func(symbols ...byte) string { return forge(c.Slug, symbols...) }
	good := give(t, c.Current(), "when 1 high,budget 2 low").Code()
	for _, tt := range []struct{ name, code, want string }{
		{"nothing", "", cutOff},
		{"hyphens only", "------", cutOff},
		{"five symbols", good[:5], cutOff},
		{"u, which is no symbol", good[:5] + "u", badChar},
		{"a space", good + " ", badChar},
		{"a full stop behind", good + ".", badChar},
		{"a bracket behind", good + ")", badChar},
		{"an escape", strings.Replace(good, "1", "%31", 1), badChar},
		{"a Turkish dotless i", "\u0131" + good[1:], badChar},
		{"a Kelvin sign", good[:4] + "\u212a" + good[5:], badChar},
		{"full-width digits", "\uff11" + good[1:], badChar},
		{"NUL", good + "\x00", badChar},
		{"not UTF-8", good + "\xff", badChar},
		{"32 symbols", strings.Repeat("1", 32), tooLong},
		{"32 symbols with a right check", forge(slices.Repeat([]byte{1}, 29)...), tooLong},
		{"a megabyte", strings.Repeat("1", 1<<20), tooLong},
		{"a megabyte of hyphens", strings.Repeat("-", 1<<20), tooLong},
		{"no answers, one symbol wrong", "10" + "3" + c.Current().NoAnswers().Code()[3:], mistyped},
		{"last symbol missing", good[:len(good)-1], mistyped},
		{"a symbol more", good + "0", mistyped},
		{"of another comparison", numbered("a-vs-b", 2, 1).Current().NoAnswers().Code(), mistyped},
		{"format 0", forge(0, 0, 2), otherForm},
		{"format 2", forge(2, 0, 2), otherForm},
		{"symbol 29", forge(1, 0, 2, 29), noAnswer},
		{"symbol 30", forge(1, 0, 2, 30, 1), noAnswer},
		{"symbol 31", forge(1, 0, 2, 31), noAnswer},
		{"empty last slot", forge(1, 0, 2, 1, 0), emptyEnd},
		{"only an empty slot", forge(1, 0, 2, 0), emptyEnd},
		{"edition 3", forge(1, 0, 3), newer},
		{"edition 1023", forge(1, 31, 31), newer},
		{"edition 0", forge(1, 0, 0), never},
		{"slot of the newer edition", forge(1, 0, 1, 0, 0, 0, 0, 1), noQuestion},
		{"free slot", forge(1, 0, 2, 0, 0, 0, 0, 0, 1), noQuestion},
		{"choice 7 of two", forge(1, 0, 2, Answer{7, Normal}.symbol()), noAnswer},
		{"fixed importance changed", forge(append(append([]byte{1, 0, 2}, make([]byte, 24)...), Answer{7, Low}.symbol())...), notTaken},
	} {
		d, err := c.Decode(tt.code)
		var bad *CodeError
		if !errors.As(err, &bad) || !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: Decode(%.40q) = %q, %v, want a CodeError", tt.name, tt.code, said(d.Answers), err)
			continue
		}
		if bad.Msg != tt.want || err.Error() != tt.want {
			t.Errorf("%s: Decode(%.40q) = %q, want %q", tt.name, tt.code, bad.Msg, tt.want)
		}
	}
}

// Codes are read the way people copy them, and spelled one way only.
func TestCanonical(t *testing.T) {
	t.Parallel()
	c := numbered("node-vs-python", 7, 16)
	for _, tt := range []struct {
		code, want string
		same       bool
	}{
		{"107710r56q", "107710r56q", true},
		{"107710R56Q", "107710r56q", false},
		{"1077-10r5-6q", "107710r56q", false},
		{"-107710r56q-", "107710r56q", false},
		{"1O77LOR56Q", "107710r56q", false},
		{"io77lor56q", "107710r56q", false},
		{"Io7-7Lo-R56q", "107710r56q", false},
		{"107710r56u", "", false},
		{"107710r56q.", "", false},
	} {
		got, same := Canonical(tt.code)
		if got != tt.want || same != tt.same {
			t.Errorf("Canonical(%q) = %q, %v, want %q, %v", tt.code, got, same, tt.want, tt.same)
		}
		if tt.want == "" {
			continue
		}
		d, err := c.Decode(tt.code)
		if err != nil || d.Answers.Code() != tt.want {
			t.Errorf("Decode(%q) = %v, want the answers of %q", tt.code, err, tt.want)
		}
	}
}

func TestDecodeRetired(t *testing.T) {
	t.Parallel()
	c := valid()
	code := forge(c.Slug, 1, 0, 2,
		Answer{1, High}.symbol(), 0, Answer{2, Normal}.symbol(), Answer{7, Low}.symbol(), Answer{3, Normal}.symbol())
	d, err := c.Decode(code)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(d.Answers), "when 1 high"; got != want {
		t.Errorf("answers = %q, want %q", got, want)
	}
	want := []string{"Which walls?", "Which do you like?", "Are there walls indoors?"}
	if diff := cmp.Diff(want, d.Ignored); diff != "" {
		t.Errorf("ignored (-want +got):\n%s", diff)
	}
	if !d.Kept() {
		t.Error("Kept() = false for the current edition")
	}
}

// A code of an edition that is not kept is read by the current one.
func TestDecodeNotKept(t *testing.T) {
	t.Parallel()
	c := valid()
	old := give(t, c.Edition(1), "when 2 low,walls 3 normal").Code()
	c.Editions = c.Editions[1:]
	d, err := c.Decode(old)
	if err != nil {
		t.Fatal(err)
	}
	if d.Kept() || d.Asked != 1 || d.Answers.Edition() != c.Current() {
		t.Errorf("Decode(%q): kept %v, asked %d, edition %d, want false, 1, 2", old, d.Kept(), d.Asked, d.Answers.Edition().Number)
	}
	if got, want := said(d.Answers), "when 2 low"; got != want {
		t.Errorf("answers = %q, want %q", got, want)
	}
	if diff := cmp.Diff([]string{"Which walls?"}, d.Ignored); diff != "" {
		t.Errorf("ignored (-want +got):\n%s", diff)
	}
}

// A question may have got a fixed importance since: its answer still counts.
func TestDecodeNotKeptFixed(t *testing.T) {
	t.Parallel()
	c := valid()
	old := give(t, c.Edition(1), "when 1 low,budget 1 high").Code()
	c.Editions = c.Editions[1:]
	must := Mandatory
	c.Current().Questions[0].Fixed = &must
	d, err := c.Decode(old)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(d.Answers), "when 1 must,budget 1 high"; got != want {
		t.Errorf("answers = %q, want %q", got, want)
	}
}

func TestDecodeKeepsOldEdition(t *testing.T) {
	t.Parallel()
	c := valid()
	a := give(t, c.Edition(1), "when 1 must,walls 3 normal,taste 2 high")
	d, err := c.Decode(a.Code())
	if err != nil || d.Answers != a || !d.Kept() || d.Ignored != nil {
		t.Errorf("Decode(%q) = %+v, %v, want %q of edition 1", a.Code(), d, err, said(a))
	}
}

// gf multiplies in GF(32) with x^5 = x^2 + 1.
func gf(a, b byte) byte {
	var p byte
	for ; b > 0; b >>= 1 {
		if b&1 != 0 {
			p ^= a
		}
		if a <<= 1; a&32 != 0 {
			a ^= 0b100101
		}
	}
	return p
}

// remainder divides by x^3 + 14x^2 + 29x + 10 the way it is done on paper.
func remainder(symbols []byte) [3]byte {
	s := append(slices.Clone(symbols), 0, 0, 0)
	for i := range symbols {
		for j, g := range [...]byte{1, 14, 29, 10} {
			if j > 0 {
				s[i+j] ^= gf(s[i], g)
			}
		}
		s[i] = 0
	}
	return [3]byte(s[len(s)-3:])
}

// The five constants of checkStep are the generator in another dress.
func TestCheckIsDivision(t *testing.T) {
	t.Parallel()
	for _, root := range []byte{2, 4, 8} {
		square := gf(root, root)
		if got := gf(square, root) ^ gf(14, square) ^ gf(29, root) ^ 10; got != 0 {
			t.Errorf("generator at %d = %d, want 0", root, got)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		symbols := randomSymbols(rng, 1+rng.IntN(28))
		c := uint32(0)
		for _, v := range append(slices.Clone(symbols), 0, 0, 0) {
			c = checkStep(c, v)
		}
		want := remainder(symbols)
		if got := [3]byte{byte(c >> 10), byte(c >> 5 & 31), byte(c & 31)}; got != want {
			t.Fatalf("check of %v = %v, want %v", symbols, got, want)
		}
	}
}

func randomSymbols(rng *rand.Rand, n int) []byte {
	symbols := make([]byte, n)
	for i := range symbols {
		symbols[i] = byte(rng.IntN(32))
	}
	return symbols
}

// The check is linear, so an error goes unseen if and only if its own check is
// 0. This goes through every error of up to three symbols there can be in a
// code of any length: none has the check 0.
func TestCheckSeesThreeErrors(t *testing.T) {
	t.Parallel()
	type place struct{ position, value int }
	owner := make(map[uint32]place, 31*31)
	syndrome := [MaxCodeLen][32]uint32{}
	for position := range MaxCodeLen {
		for value := 1; value < 32; value++ {
			c := checkStep(0, byte(value))
			for range position {
				c = checkStep(c, 0)
			}
			syndrome[position][value] = c
			if c == 0 {
				t.Fatalf("error %d at %d from the end is not seen", value, position)
			}
			if other, taken := owner[c]; taken {
				t.Fatalf("errors %v and %v cancel out", other, place{position, value})
			}
			owner[c] = place{position, value}
		}
	}
	pairs := 0
	for p := range MaxCodeLen {
		for q := range p {
			for v := 1; v < 32; v++ {
				for w := 1; w < 32; w++ {
					pairs++
					third, ok := owner[syndrome[p][v]^syndrome[q][w]]
					if ok && third.position != p && third.position != q {
						t.Fatalf("errors %d at %d, %d at %d and %v cancel out", v, p, w, q, third)
					}
				}
			}
		}
	}
	t.Logf("%d single errors, %d pairs against every third", len(owner), pairs)
}

// The same on whole codes, by what a reader does to them.
func TestDecodeSeesTypos(t *testing.T) {
	t.Parallel()
	c := numbered("node-vs-python", 7, 16)
	for _, code := range []string{"107ycx", "107710r56q", "1073102kk9", "107000000000000000tynw"} {
		tries := 0
		wrong := func(damaged string) {
			t.Helper()
			tries++
			if d, err := c.Decode(damaged); err == nil {
				t.Fatalf("Decode(%q), damaged from %q, = %q, want an error", damaged, code, said(d.Answers))
			}
		}
		for i := range code {
			for _, r := range alphabet {
				if byte(r) != code[i] {
					wrong(code[:i] + string(r) + code[i+1:])
				}
			}
			for j := range i {
				if code[i] != code[j] {
					b := []byte(code)
					b[i], b[j] = b[j], b[i]
					wrong(string(b))
				}
			}
		}
		t.Logf("%s: %d typos and swaps seen", code, tries)
	}
}

// What is not a typo is found with odds of 32,767 in 32,768.
func TestDecodeSeesMostDamage(t *testing.T) {
	t.Parallel()
	const tries = 10_000
	rng := rand.New(rand.NewPCG(3, 4))
	c := numbered("node-vs-python", 7, 16)
	other := numbered("django-vs-rails", 7, 16)
	random := func(e *Edition) string {
		a := e.NoAnswers()
		for slot := range 16 {
			a = a.With(slot, Answer{rng.IntN(8), Importance(rng.IntN(4))})
		}
		return a.Code()
	}
	for _, tt := range []struct {
		name   string
		damage func(code string) string
	}{
		{"cut off", func(code string) string { return code[:MinCodeLen+rng.IntN(len(code)-MinCodeLen)] }},
		{"symbol put in", func(code string) string {
			i := rng.IntN(len(code) + 1)
			return code[:i] + alphabet[rng.IntN(32):][:1] + code[i:]
		}},
		{"symbol left out", func(code string) string {
			i := rng.IntN(len(code))
			return code[:i] + code[i+1:]
		}},
		{"four symbols wrong", func(code string) string {
			b := []byte(code)
			for _, i := range rng.Perm(len(b))[:4] {
				b[i] = alphabet[(strings.IndexByte(alphabet, b[i])+1+rng.IntN(31))%32]
			}
			return string(b)
		}},
		{"other comparison", func(string) string { return random(other.Current()) }},
	} {
		slipped := 0
		for range tries {
			code := random(c.Current())
			if len(code) == MinCodeLen {
				continue
			}
			damaged := tt.damage(code)
			if _, err := c.Decode(damaged); err == nil && damaged != code {
				slipped++
			}
		}
		t.Logf("%s: %d of %d slipped through, expected about %.1f", tt.name, slipped, tries, tries/32768.0)
		if slipped > 4 {
			t.Errorf("%s: %d of %d slipped through, want none or one", tt.name, slipped, tries)
		}
	}
}
