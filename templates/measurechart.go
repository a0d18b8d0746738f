package templates

import (
	"math"
	"strconv"
	"strings"

	"tiebreak/internal/compare"
)

// A measureChart is the medians of some runs as bars from zero. Across, places
// are in percent of whatever width the page gives it, so that the text in it
// keeps its size on a phone; down, they are in pixels.
type measureChart struct {
	Title string
	Text  string // the same in words
	Bars  []measureBar
	Ticks []measureTick
	Axis  int // where the axis is
}

// A measureBar is one run: its name, its median as a bar, and its interval.
type measureBar struct {
	Option compare.Option
	Lines  []measureLine
	Value  string
	Peer   bool
	Y      int // top of the bar
	To     string
	Lo, Hi string
}

type measureLine struct {
	Text string
	Y    int
}

type measureTick struct {
	X, Anchor, Text string
}

const (
	measureLetters = 37 // in a line, of a name and the value beside it, on the narrowest phone
	measureLead    = 20 // height of a line of text
	measureThick   = 10 // height of a bar
	measureSpace   = 18 // between a bar and the next name
)

// chartOf draws one quantity of some runs.
func chartOf(title string, runs []measured, q compare.Quantity) measureChart {
	top := 0.0
	for _, r := range runs {
		s := r.summary(q)
		top = max(top, s.Hi, s.Median)
	}
	step := tickStep(top)
	end := axisEnd(top, step)
	part := func(x float64) string { return strconv.FormatFloat(100*x/end, 'f', 2, 64) + "%" }
	chart := measureChart{Title: title}
	var words []string
	y := 0
	for _, r := range runs {
		s := r.summary(q)
		bar := measureBar{Option: r.Option, Peer: r.Series.Peer, Value: withUnit(s.Median, q), To: part(s.Median), Lo: part(s.Lo), Hi: part(s.Hi)}
		for _, line := range wrap(r.name(), measureLetters-len([]rune(bar.Value))) {
			y += measureLead
			bar.Lines = append(bar.Lines, measureLine{line, y - 5})
		}
		bar.Y = y + 3
		y += measureThick + measureSpace
		chart.Bars = append(chart.Bars, bar)
		words = append(words, r.name()+" "+withUnit(s.Median, q)+" ("+compare.Figure(s.Lo)+" to "+compare.Figure(s.Hi)+")")
	}
	chart.Axis = y - measureSpace/2
	chart.Ticks = ticks(step, end, q.Unit)
	chart.Text = title + ". " + strings.Join(words, "; ") + "."
	return chart
}

func (c measureChart) height() string { return px(c.Axis + 26) }

// base is where the name's last line and the value beside it stand.
func (b measureBar) base() int { return b.Lines[len(b.Lines)-1].Y }

func (b measureBar) middle() int { return b.Y + measureThick/2 }

func (b measureBar) ends() []string { return []string{b.Lo, b.Hi} }

// tickStep returns a round step that divides an axis into three to five parts,
// fewer where the numbers are long.
func tickStep(top float64) float64 {
	if top <= 0 {
		return 1
	}
	parts := 5.0
	if top >= 10_000 {
		parts = 4
	}
	power := math.Pow(10, math.Floor(math.Log10(top)))
	for _, f := range []float64{0.2, 0.25, 0.5, 1} {
		if top/(power*f) <= parts {
			return power * f
		}
	}
	return power * 2
}

// axisEnd returns the first tick that top does not pass.
func axisEnd(top, step float64) float64 { return step * math.Max(1, math.Ceil(top/step-1e-9)) }

func ticks(step, end float64, unit string) []measureTick {
	n := int(math.Round(end / step))
	decimals := max(0, int(-math.Floor(math.Log10(step)+1e-9)))
	if step*math.Pow(10, float64(decimals)) != math.Trunc(step*math.Pow(10, float64(decimals))) {
		decimals++ // a step of 0.25
	}
	var list []measureTick
	for i := range n + 1 {
		t := measureTick{
			X: strconv.FormatFloat(100*float64(i)/float64(n), 'f', 2, 64) + "%", Anchor: "middle",
			Text: tickText(float64(i)*step, decimals),
		}
		switch i {
		case 0:
			t.Anchor, t.Text = "start", "0"
			if len([]rune(unit)) <= 2 { // a longer one would run into the next tick, and stands in the title
				t.Text = compare.Value{Text: t.Text, Unit: unit}.String()
			}
		case n:
			t.Anchor = "end"
		}
		list = append(list, t)
	}
	return list
}

func tickText(x float64, decimals int) string {
	whole, rest, _ := strings.Cut(strconv.FormatFloat(x, 'f', decimals, 64), ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return whole
	}
	if rest == "" {
		return compare.Thousands(n)
	}
	return compare.Thousands(n) + "." + rest
}

// wrap breaks a text into lines of at most so many letters, at spaces.
func wrap(text string, letters int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		if n := len(lines); n > 0 && len([]rune(lines[n-1]))+1+len([]rune(word)) <= letters {
			lines[n-1] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
