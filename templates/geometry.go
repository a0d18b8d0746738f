package templates

import (
	"fmt"
	"strconv"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// Figures are drawn on the server. What varies is an SVG attribute, so no
// style needs to be written into a page.

// paint is an option's colour in both themes, as an SVG paint.
func paint(o compare.Option) string { return "light-dark(" + o.Light + "," + o.Dark + ")" }

// The beam turns by 1 degree for every 2 points of margin, up to maxTilt.
const maxTilt = 14

// A balanceView is the beam at the head of a result.
type balanceView struct {
	Left, Right           compare.Option
	LeftScore, RightScore string
	Tilt                  string // degrees, clockwise: positive lowers the right end
	LeftX, RightX         string // where each pan hangs
	LeftY, RightY         string // how far below its level place
	Text                  string // what the drawing says
}

// balanceOf weighs the leader against the runner-up, in content order. The
// second value is false where there is nothing to weigh.
func balanceOf(d *score.Decision) (balanceView, bool) {
	if len(d.Versus) == 0 {
		return balanceView{}, false
	}
	p := d.Versus[0]
	left, right, margin := p.A, p.B, p.Tenths
	if left > right {
		left, right, margin = right, left, -margin
	}
	v := balanceView{
		Left:       d.Edition.Options[left],
		Right:      d.Edition.Options[right],
		LeftScore:  tenths(d.ScoreOf(left)),
		RightScore: tenths(d.ScoreOf(right)),
	}
	// In hundredths of a degree: 1 point = 10 tenths = 0.5 degrees.
	tilt := min(max(-margin*5, -maxTilt*100), maxTilt*100)
	v.Tilt = hundredths(tilt)
	// The arm is 220 long. For angles this small the sine is near enough to the
	// angle, and one less the cosine to half its square.
	drop := 220 * tilt * 314 / 180 / 100
	in := tilt * tilt * 335 / 1_000_000
	v.LeftX, v.RightX = hundredths(10000+in), hundredths(54000-in)
	v.LeftY, v.RightY = hundredths(-drop), hundredths(drop)
	v.Text = fmt.Sprintf("%s scores %s of 100, %s scores %s.", v.Left.Name, v.LeftScore, v.Right.Name, v.RightScore)
	return v, true
}

// hundredths writes a number of hundredths as a decimal.
func hundredths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// A barView is one bar of a contribution, growing from the centre line to the
// side of the option it speaks for.
type barView struct {
	X, Width string
	Option   compare.Option
	None     bool // the contribution is zero
}

// The bar is drawn in a box of 200 by 12 with its centre line at 100.
const barHalf = 100

// barOf draws one part of a pair, scaled so that the largest part fills a side.
func barOf(d *score.Decision, p score.Pair, part score.Part, largest int) barView {
	if part.Tenths == 0 || largest == 0 {
		return barView{None: true}
	}
	to := p.A
	size := part.Tenths
	if size < 0 {
		to, size = p.B, -size
	}
	width := max(1, size*(barHalf-2)/largest)
	x := barHalf
	if to == min(p.A, p.B) {
		x = barHalf - width
	}
	return barView{X: strconv.Itoa(x), Width: strconv.Itoa(width), Option: d.Edition.Options[to]}
}

// A trackView is a criterion's 0 to 100 track with every option on it.
type trackView struct {
	Options []trackMark
	Text    string
}

// A trackMark is one option's band and mark on a track.
type trackMark struct {
	Option      compare.Option
	X, Y        int // centre of the mark
	BandX, Band int
	Unknown     bool
}

// Tracks are drawn in a box of 220 by 14*options+8, with 0 at trackLeft and two
// units a point.
const (
	trackLeft = 10
	trackStep = 14
)

func trackOf(e *compare.Edition, c *compare.Criterion) trackView {
	var v trackView
	for i, cell := range c.Cells {
		v.Options = append(v.Options, trackMark{
			Option:  e.Options[i],
			X:       trackLeft + 2*cell.Value,
			Y:       trackStep/2 + 2 + i*trackStep,
			BandX:   trackLeft + 2*cell.Lo,
			Band:    2 * (cell.Hi - cell.Lo),
			Unknown: cell.Unknown,
		})
		if v.Text != "" {
			v.Text += "; "
		}
		v.Text += e.Options[i].Name + " " + valueText(cell)
	}
	return v
}

// box returns the viewBox of the track.
func (v trackView) box() string { return fmt.Sprintf("0 0 220 %d", v.height()) }

func (v trackView) height() int { return trackStep*len(v.Options) + 8 }

// valueText writes a rating with its band: "85 (75 to 92)".
func valueText(c compare.Cell) string {
	if c.Unknown {
		return "unknown"
	}
	return fmt.Sprintf("%d (%d to %d)", c.Value, c.Lo, c.Hi)
}

// diamond returns the corners of a diamond around a point.
func diamond(x, y, r int) string {
	return fmt.Sprintf("%d,%d %d,%d %d,%d %d,%d", x, y-r, x+r, y, x, y+r, x-r, y)
}

// triangle returns the corners of a triangle around a point.
func triangle(x, y, r int) string {
	return fmt.Sprintf("%d,%d %d,%d %d,%d", x, y-r, x+r, y+r, x-r, y+r)
}

// px writes a coordinate.
func px(n int) string { return strconv.Itoa(n) }
