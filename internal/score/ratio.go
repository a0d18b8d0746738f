package score

import (
	"cmp"
	"math/bits"
)

// newRatio returns num/den in lowest terms. It panics if den is 0.
func newRatio(num, den int64) Ratio {
	if den < 0 {
		num, den = -num, -den
	}
	g := gcd(num, den)
	return Ratio{num / g, den / g}
}

// Cmp compares r with s and returns -1, 0 or +1. It is exact for all values.
func (r Ratio) Cmp(s Ratio) int {
	return product(r.Num, s.Den).cmp(product(s.Num, r.Den))
}

// A wide is a signed number of 128 bits in sign and magnitude.
type wide struct {
	sign   int
	hi, lo uint64
}

func product(a, b int64) wide {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	return wide{sign(a) * sign(b), hi, lo}
}

func (x wide) cmp(y wide) int {
	switch {
	case x.sign != y.sign:
		return cmp.Compare(x.sign, y.sign)
	case x.hi != y.hi:
		return x.sign * cmp.Compare(x.hi, y.hi)
	default:
		return x.sign * cmp.Compare(x.lo, y.lo)
	}
}

func sign(x int64) int { return cmp.Compare(x, 0) }

// magnitude returns |x|, also for the least int64.
func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// gcd returns the greatest common divisor of |a| and |b|.
func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

// floorDiv returns the largest integer not above a/b, for b > 0.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// ceilDiv returns the smallest integer not below a/b, for b > 0.
func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }
