package score

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"

	"tiebreak/internal/compare"
)

// A ValueFunction turns a measured quantity into a value: piecewise linear
// through its breakpoints and constant outside them. It is exact.
type ValueFunction struct {
	x, y []*big.Rat
}

// NewValueFunction returns the function through the points (x[i], y[i]), given
// as decimal numbers. It needs at least two points, x strictly increasing and
// y all rising or all falling, equal neighbours allowed.
func NewValueFunction(x, y []string) (*ValueFunction, error) {
	if len(x) < 2 || len(x) != len(y) {
		return nil, fmt.Errorf("value function: %d x and %d y, want two or more of each", len(x), len(y))
	}
	f := &ValueFunction{x: make([]*big.Rat, len(x)), y: make([]*big.Rat, len(y))}
	direction := 0
	for i := range x {
		var errX, errY error
		f.x[i], errX = decimal(x[i])
		f.y[i], errY = decimal(y[i])
		if err := errors.Join(errX, errY); err != nil {
			return nil, fmt.Errorf("value function, breakpoint %d: %w", i, err)
		}
		if i == 0 {
			continue
		}
		if f.x[i-1].Cmp(f.x[i]) >= 0 {
			return nil, fmt.Errorf("value function: x does not rise from %s to %s", x[i-1], x[i])
		}
		step := f.y[i].Cmp(f.y[i-1])
		if step*direction < 0 {
			return nil, fmt.Errorf("value function: y turns round at %s", y[i-1])
		}
		if step != 0 {
			direction = step
		}
	}
	return f, nil
}

// At returns the exact value of the quantity x, a decimal number.
func (f *ValueFunction) At(x string) (*big.Rat, error) {
	at, err := decimal(x)
	if err != nil {
		return nil, err
	}
	last := len(f.x) - 1
	if at.Cmp(f.x[0]) <= 0 {
		return new(big.Rat).Set(f.y[0]), nil
	}
	if at.Cmp(f.x[last]) >= 0 {
		return new(big.Rat).Set(f.y[last]), nil
	}
	i := 1
	for f.x[i].Cmp(at) < 0 {
		i++
	}
	part := new(big.Rat).Sub(at, f.x[i-1])
	part.Quo(part, new(big.Rat).Sub(f.x[i], f.x[i-1]))
	part.Mul(part, new(big.Rat).Sub(f.y[i], f.y[i-1]))
	return part.Add(part, f.y[i-1]), nil
}

// Value returns the value 0 to 100 that a criterion's scale gives to a
// measured quantity, rounded half up. SCORING.md section 1.
func Value(scale []compare.Breakpoint, measured string) (int, error) {
	x, y := make([]string, len(scale)), make([]string, len(scale))
	for i, b := range scale {
		x[i], y[i] = b.X, strconv.Itoa(b.Y)
	}
	f, err := NewValueFunction(x, y)
	if err != nil {
		return 0, err
	}
	v, err := f.At(measured)
	if err != nil {
		return 0, err
	}
	return int(roundHalfUp(v)), nil
}

// roundHalfUp returns the integer nearest to r, and the upper one of two.
func roundHalfUp(r *big.Rat) int64 {
	up := new(big.Rat).Add(r, big.NewRat(1, 2))
	// Int.Div rounds down for a positive divisor, which a denominator is.
	return new(big.Int).Div(up.Num(), up.Denom()).Int64()
}

// decimal reads a plain decimal number. Fractions and exponents, which
// Rat.SetString would take too, are refused: nobody writes them in content,
// and an exponent can make a number of any length.
func decimal(s string) (*big.Rat, error) {
	for i, r := range s {
		if (r < '0' || r > '9') && r != '.' && (i > 0 || r != '-') {
			return nil, fmt.Errorf("%q is not a decimal number", s)
		}
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, fmt.Errorf("%q is not a decimal number", s)
	}
	return r, nil
}
