package compare

import (
	"strconv"
	"testing"
)

// What was joined stays as it is when memory moves.
func TestProse(t *testing.T) {
	t.Parallel()
	var p Prose
	p.Grow(8)
	var got, want []string
	for i := range 1000 {
		n := strconv.Itoa(i)
		got = append(got, p.Join("from ", p.Int(-i), " to ", n), p.Text([]byte("x"+n)), p.Join())
		want = append(want, "from "+strconv.Itoa(-i)+" to "+n, "x"+n, "")
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("text %d = %q, want %q", i, got[i], want[i])
		}
	}
}
