package measure

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"tiebreak/internal/compare"
)

// busyShare is the share of the machine's processor time that other programs
// may use while a sample is taken.
const busyShare = 0.08

// A unit is one series run by one runtime.
type unit struct {
	caseID  string
	series  *compare.Series
	runtime *Runtime

	attempts int // samples taken, dropped ones too
	dropped  int
	samples  []map[string]float64
	todo     int           // processes still to run
	last     time.Duration // how long the last one took
}

func (u *unit) String() string {
	return u.caseID + "/" + u.series.ID + " with " + u.runtime.Name
}

// A sample is what one process showed.
type sample struct {
	answer string
	values map[string]float64 // by quantity
	used   time.Duration      // processor time of the process and those it started
}

// errGone says that a process ended before its memory could be read, which
// happens when the runner itself has to wait for a processor.
var errGone = errors.New("the process was gone before its memory was read")

// A schedule takes the samples of a measurement in a fair order.
type schedule struct {
	measurement    string
	units          []*unit
	wanted, warmup int
	window         time.Duration
	busy           float64 // share of the machine that others may use during a sample
	// take runs one process. A quick one only has to give its answer.
	take     func(ctx context.Context, u *unit, quick bool) (sample, error)
	meter    meter
	sleep    func(context.Context, time.Duration) error
	shuffle  func(n int, swap func(i, j int))
	progress func(Progress)

	answers map[string]answered // by case
	done    Progress
}

// answered is an answer with who gave it.
type answered struct {
	text string
	by   *unit
}

// run checks the answers, warms up and measures in rounds.
func (s *schedule) run(ctx context.Context) error {
	s.answers = map[string]answered{}
	each := 1 + s.warmup + s.wanted
	s.done = Progress{Measurement: s.measurement, Total: len(s.units) * each}
	for _, u := range s.units {
		u.todo = each
	}
	for _, u := range s.units {
		if err := s.uncounted(ctx, u, true); err != nil {
			return err
		}
		s.report(checking, u)
	}
	for i := range s.warmup {
		for _, u := range s.order() {
			if err := s.uncounted(ctx, u, false); err != nil {
				return err
			}
			s.report(fmt.Sprintf("warming up, %d of %d", i+1, s.warmup), u)
		}
	}
	return s.rounds(ctx)
}

// uncounted runs a process of which only the answer counts.
func (s *schedule) uncounted(ctx context.Context, u *unit, quick bool) error {
	start := s.meter.now()
	got, err := s.take(ctx, u, quick)
	u.last = s.meter.now().Sub(start)
	u.todo--
	s.done.Done++
	switch {
	case errors.Is(err, errGone):
		return nil // the answers of those that follow are compared too
	case err != nil:
		return fmt.Errorf("%s: %w", u, err)
	}
	return s.agree(u, got.answer)
}

// rounds takes one sample of each unit a round, until all have enough or have
// been tried twice as often as that.
func (s *schedule) rounds(ctx context.Context) error {
	for round := 1; ; round++ {
		order := s.order()
		if len(order) == 0 {
			return nil
		}
		stage := fmt.Sprintf("round %d of %d", round, s.wanted)
		if round > s.wanted {
			stage = fmt.Sprintf("round %d, for dropped samples", round)
		}
		for _, u := range order {
			if err := s.attempt(ctx, u); err != nil {
				return fmt.Errorf("%s: %w", u, err)
			}
			s.report(stage, u)
		}
	}
}

// order returns the units that need samples and may be tried again, in a new
// random order, so that no unit always runs after the same other.
func (s *schedule) order() []*unit {
	var order []*unit
	for _, u := range s.units {
		if len(u.samples) < s.wanted && u.attempts < 2*s.wanted {
			order = append(order, u)
		}
	}
	s.shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return order
}

// attempt takes a sample and drops it if other programs used too much of the
// machine meanwhile. A process shorter than the window is followed by a rest
// that fills it up: the kernel counts in steps of 10 ms, of which a short
// process has too few to tell other programs from rounding.
func (s *schedule) attempt(ctx context.Context, u *unit) error {
	before, err := s.meter.read()
	if err != nil {
		return err
	}
	got, err := s.take(ctx, u, false)
	gone := errors.Is(err, errGone)
	if err != nil && !gone {
		return err
	}
	if rest := s.window - s.meter.now().Sub(before.at); rest > 0 {
		if err := s.sleep(ctx, rest); err != nil {
			return err
		}
	}
	after, err := s.meter.read()
	if err != nil {
		return err
	}
	u.attempts++
	u.last = after.at.Sub(before.at)
	if gone || s.meter.others(before, after, got.used) > s.busy {
		return s.drop(u)
	}
	u.samples = append(u.samples, got.values)
	u.todo--
	s.done.Done++
	return s.agree(u, got.answer)
}

// drop counts a dropped sample. It fails when too few samples can still come.
func (s *schedule) drop(u *unit) error {
	u.dropped++
	s.done.Dropped++
	if can := len(u.samples) + 2*s.wanted - u.attempts; can >= min(compare.MinSamples, s.wanted) {
		return nil
	}
	return fmt.Errorf("the machine is busy: other programs used more than %.0f%% of it during %d of %d samples; stop them or measure later",
		100*s.busy, u.dropped, u.attempts)
}

// agree compares an answer with those given before in the same case.
func (s *schedule) agree(u *unit, answer string) error {
	first, ok := s.answers[u.caseID]
	if !ok {
		s.answers[u.caseID] = answered{answer, u}
		return nil
	}
	if first.text != answer {
		return fmt.Errorf("%s answers %q, but %s answered %q: they do not do the same work",
			u, shorten(answer, 60), first.by, shorten(first.text, 60))
	}
	return nil
}

func shorten(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	return string(runes[:limit]) + "…"
}

// results returns what was measured, in the order of the units.
func (s *schedule) results(w compare.Workload) []compare.Result {
	var out []compare.Result
	for _, u := range s.units {
		r := compare.Result{
			Case: u.caseID, Series: u.series.ID, Runtime: u.runtime.ID,
			// An answer is there to be looked at; a long one is known by its beginning.
			Answer:  shorten(s.answers[u.caseID].text, 200),
			Dropped: u.dropped,
			Samples: map[string][]float64{},
		}
		for _, q := range w.Quantities() {
			for _, values := range u.samples {
				r.Samples[q.ID] = append(r.Samples[q.ID], round(values[q.ID]))
			}
		}
		out = append(out, r)
	}
	return out
}

// round keeps five digits, but none beyond the third decimal: what is measured
// scatters more than that.
func round(x float64) float64 {
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 5, 64), 64)
	return math.Round(x*1000) / 1000
}

// Progress says how far a measurement is.
type Progress struct {
	Measurement string
	Stage       string // "round 3 of 20"
	Unit        string // what ran last
	Done, Total int    // processes
	Dropped     int    // samples thrown away because the machine was busy
	// Left estimates the time left from how long the last process of each series
	// took. It is 0 while answers are checked, which says little about times.
	Left time.Duration
}

const checking = "checking answers"

// report says that a process of the unit has ended.
func (s *schedule) report(stage string, u *unit) {
	s.done.Stage, s.done.Unit, s.done.Left = stage, u.String(), 0
	if stage != checking {
		for _, u := range s.units {
			s.done.Left += u.last * time.Duration(u.todo)
		}
	}
	s.progress(s.done)
}
