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

func viewOf(b *report.Balance, words *compare.Prose) balanceView {
	hundredths := func(n int) string { return hundredths(words, n) }
	in, drop := b.Ends(arm)
	return balanceView{
		Tilt:  hundredths(b.Tilt),
		LeftX: hundredths(10000 + in), RightX: hundredths(54000 - in),
		LeftY: hundredths(-drop), RightY: hundredths(drop),
	}
}

// hundredths writes a number of hundredths as a decimal.
func hundredths(words *compare.Prose, n int) string {
	sign, zero := "", ""
	if n < 0 {
		sign, n = "-", -n
	}
	if n%100 < 10 {
		zero = "0"
	}
	return words.Join(sign, words.Int(n/100), ".", zero, words.Int(n%100))
}

// barHalf is the centre line of the box of 200 by 14 in which a bar is drawn.
const barHalf = 100

// barOf returns where the bar of a contribution begins and how wide it is, 0 if
// it contributes nothing. It grows from the centre line to the left or to the
// right, scaled so that the largest fills its side.
func barOf(p, largest report.Points, toLeft bool) (x, width int) {
	if p == 0 || largest == 0 {
		return barHalf, 0
	}
	width = max(1, int(p.Size())*(barHalf-2)/int(largest))
	if toLeft {
		return barHalf - width, width
	}
	return barHalf, width
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
