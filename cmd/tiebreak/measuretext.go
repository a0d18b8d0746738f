package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"tiebreak/internal/compare"
	"tiebreak/internal/measure"
)

// measuredText is the summary of a measurement: every quantity of every series
// and runtime, with its median and the interval of that.
func measuredText(m *compare.Measurement, r *compare.Results) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", m.ID, m.Question)
	names := map[string]string{}
	for _, runtime := range r.Runtimes {
		names[runtime.ID] = runtime.Name
	}
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "series\truntime\tquantity\tmedian\t95% interval\tunit\tsamples\tdropped")
	for _, one := range r.Results {
		for _, q := range m.Workload.Quantities() {
			s := compare.Summarize(one.Samples[q.ID])
			interval := "needs more samples"
			if s.Covered() {
				interval = figure(s.Lo) + " to " + figure(s.Hi)
			}
			fmt.Fprintf(w, "%s/%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\n",
				one.Case, one.Series, names[one.Runtime], q.ID, figure(s.Median), interval, q.Unit, s.N, one.Dropped)
		}
	}
	w.Flush() // cannot fail: a Builder takes everything
	for _, s := range r.Skipped {
		fmt.Fprintf(&b, "%s/%s was skipped: %s.\n", s.Case, s.Series, s.Why)
	}
	return b.String()
}

func figure(x float64) string { return fmt.Sprintf("%.4g", x) }

// A progressPrinter says how far a measurement is: in a line that is written
// anew on a terminal, in a line for each stage elsewhere.
type progressPrinter struct {
	w        io.Writer
	terminal bool
	stage    string
}

func newProgressPrinter(w io.Writer) *progressPrinter {
	p := &progressPrinter{w: w}
	if f, ok := w.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

// eraseLine returns to the start of the line and clears it.
const eraseLine = "\r\x1b[K"

func (p *progressPrinter) print(now measure.Progress) {
	text := fmt.Sprintf("%s: %s, %d of %d processes", now.Measurement, now.Stage, now.Done, now.Total)
	if now.Dropped > 0 {
		text += fmt.Sprintf(", %d dropped", now.Dropped)
	}
	if now.Left > 0 {
		text += ", about " + now.Left.Round(time.Second).String() + " left"
	}
	stage := now.Measurement + now.Stage
	switch {
	case p.terminal:
		fmt.Fprintf(p.w, "%s%s (%s)", eraseLine, text, now.Unit)
	case stage != p.stage:
		fmt.Fprintln(p.w, text)
	}
	p.stage = stage
}

// end ends the line of a measurement.
func (p *progressPrinter) end() {
	if p.terminal && p.stage != "" {
		fmt.Fprint(p.w, eraseLine)
	}
	p.stage = ""
}
