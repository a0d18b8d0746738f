package report

import (
	"fmt"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// The card that stands for a result where its link is shown: a list of shapes
// and texts, which [Report.CardSVG] writes and [Report.CardPNG] paints.
const (
	cardWidth  = 1200
	cardHeight = 630
	cardMargin = 72
)

// The colours of a card are those of the site's light theme.
const (
	paper = "#fbfaf7"
	ink   = "#1d1f22"
	soft  = "#5b6067"
	rule  = "#d9d5cc"
)

// A card is a drawing in shapes and texts, in the order they are painted.
type card struct {
	title  string
	shapes []shape
	texts  []text
}

// A shape is a filled path of closed lines.
type shape struct {
	fill string // #rrggbb
	path []step
}

// A step goes to its last point: straight from the point before, or over the two
// control points of a curve.
type step struct {
	move   bool // starts a new line
	points []point
}

// A point is in hundredths of a pixel.
type point struct{ x, y int }

// A text is one line.
type text struct {
	at     point // of its base line
	size   int   // in pixels
	bold   bool
	align  align
	colour string
	words  string
}

type align int

const (
	left align = iota
	middle
	right
)

// card draws the result.
func (r *Report) card() (*card, error) {
	c := &card{title: r.Comparison.Title + ": " + r.Headline}
	headline, err := wrap(r.Headline, 54, cardWidth-2*cardMargin)
	if err != nil {
		return nil, err
	}
	c.logo(cardMargin, 42)
	c.write(cardMargin+48, 70, 28, true, left, ink, r.Site)
	c.write(cardWidth-cardMargin, 70, 26, false, right, soft, r.editionLine())
	c.box(cardMargin, 94, cardWidth-2*cardMargin, 2, rule)
	c.write(cardMargin, 142, 28, false, left, soft, r.Comparison.Title)
	for i, line := range headline {
		c.write(cardMargin, 204+60*i, 54, true, left, ink, line)
	}
	c.balance(r.cardBalance(), 330)
	c.write(cardWidth/2, 570, 28, false, middle, ink, r.cardLine())
	c.write(cardWidth/2, 607, 22, false, middle, soft, shortAddress(r.URL))
	return c, nil
}

// shortAddress is a link as people type it.
func shortAddress(link string) string {
	_, address, _ := strings.Cut(link, "://")
	return address
}

// cardBalance is the balance of the result; where nothing has any weight, the
// first two options hang level.
func (r *Report) cardBalance() *Balance {
	if r.Balance != nil {
		return r.Balance
	}
	return &Balance{Left: &r.Options[0], Right: &r.Options[1], Empty: true}
}

func (r *Report) editionLine() string {
	if r.Edition.Preview {
		return fmt.Sprintf("Preview of edition %d", r.Edition.Number)
	}
	return fmt.Sprintf("Edition %d, %s", r.Edition.Number, r.Edition.Date.Long())
}

// cardLine says how firm the result is, in one line.
func (r *Report) cardLine() string {
	answered := fmt.Sprintf("%d of %d questions answered", r.Answered, r.Asked)
	switch r.Verdict {
	case score.Close, score.Leans, score.Clear:
		return fmt.Sprintf("%s stays ahead in %s of %s variations. %s.", r.Option(r.Leader).Name,
			r.Option(r.Leader).First.Percent(), compare.Thousands(int64(r.Variations)), answered)
	case score.OnlyOne, score.NoneQualifies:
		return "A condition in the answers decides. " + answered + "."
	}
	return answered + "."
}

func (c *card) write(x, y, size int, bold bool, to align, colour, words string) {
	c.texts = append(c.texts, text{point{100 * x, 100 * y}, size, bold, to, colour, words})
}

func (c *card) fill(colour string, path ...step) {
	c.shapes = append(c.shapes, shape{colour, path})
}

func (c *card) box(x, y, width, height int, colour string) {
	c.polygon(colour, point{100 * x, 100 * y}, point{100 * (x + width), 100 * y},
		point{100 * (x + width), 100 * (y + height)}, point{100 * x, 100 * (y + height)})
}

func (c *card) polygon(colour string, points ...point) {
	path := []step{{true, points[:1]}}
	for i := range points[1:] {
		path = append(path, step{false, points[i+1 : i+2]})
	}
	c.fill(colour, path...)
}

// stroke draws a straight line of the given thickness, measured along y for flat
// lines and along x for steep ones.
func (c *card) stroke(colour string, from, to point, thickness int) {
	h := thickness / 2
	dx, dy := 0, h
	if run, rise := abs(to.x-from.x), abs(to.y-from.y); rise > run {
		dx, dy = h, 0
	}
	c.polygon(colour, point{from.x - dx, from.y - dy}, point{to.x - dx, to.y - dy},
		point{to.x + dx, to.y + dy}, point{from.x + dx, from.y + dy})
}

func (c *card) disc(colour string, at point, radius int) {
	const k = 5523 // how far the control points of a quarter circle stand out, in 1/10000 of its radius
	r, q := radius, radius*k/10_000
	c.fill(colour,
		step{true, []point{{at.x + r, at.y}}},
		step{false, []point{{at.x + r, at.y + q}, {at.x + q, at.y + r}, {at.x, at.y + r}}},
		step{false, []point{{at.x - q, at.y + r}, {at.x - r, at.y + q}, {at.x - r, at.y}}},
		step{false, []point{{at.x - r, at.y - q}, {at.x - q, at.y - r}, {at.x, at.y - r}}},
		step{false, []point{{at.x + q, at.y - r}, {at.x + r, at.y - q}, {at.x + r, at.y}}},
	)
}

// mark draws an option's shape.
func (c *card) mark(o *Option, at point, r int) {
	switch o.Look.Mark {
	case compare.Diamond:
		r += r / 5
		c.polygon(o.Look.Light, point{at.x, at.y - r}, point{at.x + r, at.y}, point{at.x, at.y + r}, point{at.x - r, at.y})
	case compare.Square:
		c.polygon(o.Look.Light, point{at.x - r, at.y - r}, point{at.x + r, at.y - r}, point{at.x + r, at.y + r}, point{at.x - r, at.y + r})
	case compare.Triangle:
		c.polygon(o.Look.Light, point{at.x, at.y - r}, point{at.x + r, at.y + r}, point{at.x - r, at.y + r})
	default:
		c.disc(o.Look.Light, at, r)
	}
}

// logo draws the mark of the site in a square of 36, with its corner at x, y.
func (c *card) logo(x, y int) {
	at := func(px, py int) point { return point{100*x + px*150, 100*y + py*150} }
	c.stroke(ink, at(12, 4), at(12, 20), 270)
	c.stroke(ink, at(7, 20), at(17, 20), 270)
	c.stroke(ink, at(3, 9), at(21, 5), 270)
	c.disc(ink, point{100*x + 675, 100*y + 1950}, 390)
	c.polygon(ink, point{100*x + 2925, 100*y + 990}, point{100*x + 3375, 100*y + 1440},
		point{100*x + 2925, 100*y + 1890}, point{100*x + 2475, 100*y + 1440})
}

// cardArm is the length of each arm of the beam on a card, in pixels.
const cardArm = 240

// balance draws the balance of the page with its pivot at height y.
func (c *card) balance(b *Balance, y int) {
	in, drop := b.Ends(cardArm)
	pivot := point{100 * cardWidth / 2, 100 * y}
	ends := [2]point{{pivot.x - 100*cardArm + in, pivot.y - drop}, {pivot.x + 100*cardArm - in, pivot.y + drop}}
	foot := point{pivot.x, pivot.y + 19600}
	c.stroke(ink, pivot, foot, 500)
	c.fill(ink, step{true, []point{{foot.x - 8000, foot.y}}},
		step{false, []point{{foot.x - 4000, foot.y - 2200}, {foot.x + 4000, foot.y - 2200}, {foot.x + 8000, foot.y}}})
	c.stroke(ink, ends[0], ends[1], 800)
	for i, o := range []*Option{b.Left, b.Right} {
		c.disc(ink, ends[i], 400)
		c.pan(o, ends[i], b.Empty)
	}
	c.disc(ink, pivot, 1000)
}

// pan draws what hangs from one end of the beam.
func (c *card) pan(o *Option, end point, empty bool) {
	knot := point{end.x, end.y + 2400}
	rim := end.y + 6800
	c.stroke(ink, end, knot, 220)
	c.stroke(ink, knot, point{end.x - 6400, rim}, 220)
	c.stroke(ink, knot, point{end.x + 6400, rim}, 220)
	c.mark(o, point{end.x, rim - 1500}, 1150)
	c.fill(o.Look.Light, step{true, []point{{end.x - 8200, rim}}}, step{false, []point{{end.x + 8200, rim}}},
		step{false, []point{{end.x + 6000, rim + 3400}, {end.x - 6000, rim + 3400}, {end.x - 8200, rim}}})
	label := o.Name
	switch {
	case empty:
	case o.Excluded:
		label += ", " + o.placeText()
	default:
		label += " " + o.Score.String()
	}
	c.write(end.x/100, rim/100+74, 32, true, middle, ink, label)
}

func abs(n int) int { return max(n, -n) }
