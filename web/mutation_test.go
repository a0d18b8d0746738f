package web

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"tiebreak/internal/compare"
)

// TestMutatedCodes asks for 100,000 damaged result codes. Not one breaks the
// server. A code with one wrong sign, or with two swapped, is never taken for
// another; one with more damage is at most taken with the odds of its check,
// 1 in 32,768, and then for the code it spells.
func TestMutatedCodes(t *testing.T) {
	t.Parallel()
	const tries = 100_000
	pages := loadSmall(t)
	h, err := New(benchConfig(pages))
	if err != nil {
		t.Fatal(err)
	}
	c := pages.All()[0]
	rng := rand.New(rand.NewPCG(11, 12))
	taken := 0
	for i := range tries {
		code := randomAnswers(c.Current(), uint64(i%200)).Code()
		damaged, slight := mutate(rng, code)
		res := get(h, "/"+smallSlug+"/result/"+damaged+".json")
		canonical, _ := compare.Canonical(damaged)
		switch {
		case canonical == code && res.StatusCode != http.StatusOK && res.StatusCode != http.StatusMovedPermanently:
			t.Fatalf("%q, another spelling of %s = %d", damaged, code, res.StatusCode)
		case canonical == code:
		case res.StatusCode == http.StatusNotFound:
		case res.StatusCode >= 500 || slight:
			t.Fatalf("%q, made from %s = %d, want 404", damaged, code, res.StatusCode)
		default:
			taken++
			if d, err := c.Decode(canonical); err != nil || d.Answers.Code() != canonical && d.Answers.Edition() == c.Current() {
				t.Fatalf("%q = %d for answers that are not its own (%v)", damaged, res.StatusCode, err)
			}
		}
	}
	if most := 40 * tries / 32768; taken > most {
		t.Errorf("%d of %d damaged codes were taken, want at most %d", taken, tries, most)
	}
	t.Logf("%d of %d damaged codes spell other results", taken, tries)
}

// mutate damages a code. Slight damage is what the check always sees.
func mutate(rng *rand.Rand, code string) (damaged string, slight bool) {
	const signs = "0123456789abcdefghjkmnpqrstvwxyzILOU~.-é%"
	at := rng.IntN(len(code))
	sign := signs[rng.IntN(32):][:1]
	switch rng.IntN(6) {
	case 0:
		return code[:at] + sign + code[at+1:], true
	case 1:
		if at+1 < len(code) {
			return code[:at] + code[at+1:at+2] + code[at:at+1] + code[at+2:], true
		}
		return code, true
	case 2:
		return code[:at] + code[at+1:], false
	case 3:
		return code[:at] + sign + code[at:], false
	case 4:
		return strings.ToUpper(code[:at]) + code[at:], true
	}
	b := []byte(code)
	for range 1 + rng.IntN(6) {
		b[rng.IntN(len(b))] = signs[rng.IntN(36)]
	}
	return string(b), false
}
