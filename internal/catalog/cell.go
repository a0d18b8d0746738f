package catalog

import (
	"fmt"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// halfBand is half the width of the band that a grade of evidence stands for.
// SCORING.md section 1.
func halfBand(grade string) (half int, ok bool) {
	switch grade {
	case "A":
		return 5, true
	case "B":
		return 10, true
	case "C":
		return 20, true
	}
	return 0, false
}

// unknownCell is how a cell counts that nobody can rate.
const (
	unknownValue = 50
	lowest       = 0
	highest      = 100
)

func (f *folder) cell(d *document, at string, raw cellShape, scale []compare.Breakpoint, scaled bool) compare.Cell {
	c := compare.Cell{
		Option: raw.Option, Unknown: raw.Unknown, Grade: raw.Grade, Measured: raw.Measured,
		Text: string(raw.Text), Reason: string(raw.Reason), Facts: raw.Facts,
	}
	if raw.Unknown {
		if raw.Value != nil || raw.Measured != "" || raw.Band != nil || raw.Grade != "" {
			f.wrong(d, at+".unknown", "an unknown cell has no value, measured, band or grade: remove them, or unknown")
		}
		c.Value, c.Lo, c.Hi = unknownValue, lowest, highest
		return c
	}
	c.Value = f.cellValue(d, at, raw, scale, scaled)
	c.Lo, c.Hi = f.band(d, at, raw, c.Value)
	return c
}

// cellValue returns the value written, or the one the scale gives.
func (f *folder) cellValue(d *document, at string, raw cellShape, scale []compare.Breakpoint, scaled bool) int {
	switch {
	case raw.Measured == "" && raw.Value == nil:
		f.wrong(d, at, "a cell needs a value, or measured with a scale, or unknown: true")
		return 0
	case raw.Measured == "":
		return *raw.Value
	case len(scale) == 0:
		f.wrong(d, at+".measured", "measured needs a scale, and this criterion has none: add scale, or write the value")
	case raw.Value != nil:
		f.wrong(d, at+".value", "the value is computed from measured and the scale: remove value")
	case scaled:
		value, err := score.Value(scale, raw.Measured)
		if err != nil {
			f.wrong(d, at+".measured", "measured must be a number such as 12.5: %s", err)
		}
		return value
	default:
		d.bad[at] = true // there is no value to judge, and the scale is reported
	}
	return 0
}

// band returns the band written, or the one the grade of the evidence gives.
func (f *folder) band(d *document, at string, raw cellShape, value int) (lo, hi int) {
	half, ok := halfBand(raw.Grade)
	switch {
	case raw.Grade == "":
		f.wrong(d, at, "grade is missing: A, B or C for the evidence, or unknown: true")
	case !ok:
		f.wrong(d, at+".grade", "grade %q is none of A, B, C", raw.Grade)
	}
	switch {
	case len(raw.Band) == 2:
		return raw.Band[0], raw.Band[1]
	case raw.Band != nil && !d.bad[at+".band"]:
		f.wrong(d, at+".band", "band needs two numbers, its low and its high end, such as [75, 92]; here it has %d", len(raw.Band))
	}
	return min(value, max(lowest, value-half)), max(value, min(highest, value+half))
}

// scale reports what is wrong with a criterion's value function, and whether
// values can be computed with it.
func (f *folder) scale(d *document, at string, c *compare.Criterion) bool {
	switch {
	case len(c.Scale) == 0 && c.Unit != "":
		f.wrong(d, at+".unit", "unit needs a scale: add scale, or remove unit")
		return false
	case len(c.Scale) == 0:
		return false
	case c.Unit == "":
		f.wrong(d, at+".scale", "a scale needs a unit: say what x is measured in")
	}
	for i, b := range c.Scale {
		if b.Y < lowest || b.Y > highest {
			f.wrong(d, fmt.Sprintf("%s.scale[%d]", at, i), "y %d must be 0 to 100", b.Y)
			return false
		}
	}
	if _, err := score.Value(c.Scale, c.Scale[0].X); err != nil {
		f.wrong(d, at+".scale", "a scale has two points or more, x rising and y only rising or only falling: %s", err)
		return false
	}
	return true
}
