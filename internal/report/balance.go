package report

import "tiebreak/internal/compare"

// Geometry of the balance. The beam turns by one degree for every two points of
// margin, up to maxTilt degrees, and so far towards an option that is left where
// the other is ruled out.
const maxTilt = 14

// caption explains the balance.
const caption = "Scores out of 100. The beam turns by one degree for two points of margin, up to 14 degrees."

// A Balance is the drawing at the head of a result: the two options of the
// margin on the ends of a beam.
type Balance struct {
	Left, Right *Option
	Tilt        int    // hundredths of a degree, clockwise: positive lowers the right end
	Text        string // what the drawing says
	Caption     string
	Empty       bool // nothing has any weight, so there are no scores
}

// weigh draws the balance in the words and the memory given, nil without a margin.
func (r *Report) weigh(words *compare.Prose, b *Balance) *Balance {
	if r.Margin == nil {
		return nil
	}
	left, right := r.Pair()
	*b = Balance{Left: left, Right: right, Text: words.Join(left.weighs(words), ", ", right.weighs(words), "."), Caption: caption}
	switch {
	case !r.Margin.Excluded:
		// A tenth of a point is a twentieth of a degree.
		b.Tilt = min(max(int(right.Score-left.Score)*5, -maxTilt*100), maxTilt*100)
		return b
	case !left.Excluded:
		b.Tilt = -maxTilt * 100
	case !right.Excluded:
		b.Tilt = maxTilt * 100
	}
	b.Caption = words.Join("By the ratings alone ", left.Name, " would score ", pointsIn(words, left.Score), " and ", right.Name, " ", pointsIn(words, right.Score), ".")
	return b
}

func (o *Option) weighs(words *compare.Prose) string {
	if o.Excluded {
		return words.Join(o.Name, " is ruled out")
	}
	return words.Join(o.Name, " scores ", pointsIn(words, o.Score), " of 100")
}

// Pan is what stands below the option's pan: its score, or that it is ruled out.
func (o *Option) Pan(words *compare.Prose) string {
	if o.Excluded {
		return o.placeText()
	}
	return pointsIn(words, o.Score)
}

// Ends returns where a beam with arms of the given length ends when it tilts: how
// far each end moves in, and how far the right end drops and the left end rises,
// in hundredths of the length's unit. For angles this small the sine is near
// enough to the angle, and one less the cosine to half its square.
func (b *Balance) Ends(arm int) (in, drop int) {
	return arm * b.Tilt * b.Tilt * 1523 / 1_000_000_000, arm * b.Tilt * 3142 / 180_000
}
