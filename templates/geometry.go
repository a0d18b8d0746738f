package templates

import (
	"fmt"
	"strconv"

	"tiebreak/internal/compare"
	"tiebreak/internal/report"
)

// Figures are drawn on the server. What varies is an SVG attribute, so no
// style needs to be written into a page.

// paint is an option's colour in both themes, as an SVG paint.
func paint(o compare.Option) string { return "light-dark(" + o.Light + "," + o.Dark + ")" }

// arm is the length of each arm of the beam.
const arm = 220

// A balanceView is where the pans of a balance hang.
type balanceView struct {
	Tilt          string // degrees, clockwise: positive lowers the right end
	LeftX, RightX string
	LeftY, RightY string // how far below their level places
}

func viewOf(b *report.Balance) balanceView {
	in, drop := b.Ends(arm)
	return balanceView{
		Tilt:  hundredths(b.Tilt),
		LeftX: hundredths(10000 + in), RightX: hundredths(54000 - in),
		LeftY: hundredths(-drop), RightY: hundredths(drop),
	}
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

// barOf draws points scaled so that the largest fill a side.
func (d ResultData) barOf(p, largest report.Points) barView {
	to := d.Report.Speaks(p)
	if to == nil || largest == 0 {
		return barView{None: true}
	}
	width := max(1, int(p.Size())*(barHalf-2)/int(largest))
	x := barHalf
	if to == d.sides()[0] {
		x = barHalf - width
	}
	return barView{X: strconv.Itoa(x), Width: strconv.Itoa(width), Option: to.Look}
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
