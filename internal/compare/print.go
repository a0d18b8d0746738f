package compare

import (
	"strconv"
	"strings"
)

// Figure prints a measured quantity with at most three significant digits and
// separators between thousands: "47,900", "12.3", "0.0045". More digits than
// that are noise.
func Figure(x float64) string {
	return separated(strconv.FormatFloat(significant(x, 3), 'f', -1, 64))
}

// Times prints a ratio with two significant digits, from 100 on with three:
// "2.0", "12", "131". One so near to 1 that two digits would hide the
// difference has three: "1.03".
func Times(x float64) string {
	digits := 2
	if rounded := significant(x, 2); x >= 100 || rounded == 1 || rounded == 0.99 {
		digits = 3
	}
	x = significant(x, digits)
	decimals := -1
	if x >= 1 && x < 10 {
		decimals = digits - 1
	}
	return separated(strconv.FormatFloat(x, 'f', decimals, 64))
}

// significant rounds x to that many significant digits, in decimal, so that
// what is printed is what is computed with.
func significant(x float64, digits int) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'e', digits-1, 64), 64) // reads what was just written
	return rounded
}

// Thousands prints a whole number with separators between thousands.
func Thousands[N int | int64](n N) string { return separated(strconv.FormatInt(int64(n), 10)) }

// separated puts separators into the whole part of a number written in digits.
func separated(s string) string {
	whole, fraction, hasFraction := strings.Cut(s, ".")
	sign := ""
	if rest, ok := strings.CutPrefix(whole, "-"); ok {
		sign, whole = "-", rest
	}
	for i := len(whole) - 3; i > 0 && i < len(whole); i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if hasFraction {
		return sign + whole + "." + fraction
	}
	return sign + whole
}
