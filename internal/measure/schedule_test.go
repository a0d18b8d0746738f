package measure

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

// A machine is a fake one with two cores, on which processes take no time but
// what they are told to.
type machine struct {
	clock      time.Time
	busy       time.Duration
	self       time.Duration
	rests      []time.Duration
	ran        []string
	background float64 // share of the machine that others use from now on
}

func (m *machine) pass(d time.Duration) {
	m.clock = m.clock.Add(d)
	m.busy += time.Duration(m.background * float64(2*d))
}

func (m *machine) meter() meter {
	return meter{
		proc: procFS{statFS{m}}, cores: 2,
		now:  func() time.Time { return m.clock },
		self: func() time.Duration { return m.self },
	}
}

// statFS is /proc with the one file that the meter reads.
type statFS struct{ m *machine }

func (s statFS) Open(name string) (fs.File, error) {
	line := fmt.Sprintf("cpu  %d 0 0 5 0 0 0 0 0 0\n", s.m.busy/tick)
	return fstest.MapFS{"stat": {Data: []byte(line)}}.Open(name)
}

func (m *machine) schedule(wanted, warmup int, names ...string) *schedule {
	s := &schedule{
		measurement: "test", wanted: wanted, warmup: warmup, window: 300 * time.Millisecond, busy: busyShare,
		meter: m.meter(), shuffle: func(int, func(i, j int)) {}, progress: func(Progress) {},
		sleep: func(_ context.Context, d time.Duration) error {
			m.rests = append(m.rests, d)
			m.pass(d)
			return nil
		},
	}
	for _, name := range names {
		s.units = append(s.units, &unit{
			caseID: "c", series: &compare.Series{ID: name}, runtime: &Runtime{Runtime: compare.Runtime{ID: name, Name: name}},
		})
	}
	s.take = func(_ context.Context, u *unit, quick bool) (sample, error) {
		m.ran = append(m.ran, fmt.Sprint(u.series.ID, quick))
		m.pass(100 * time.Millisecond)
		m.busy += 100 * time.Millisecond // the program, on one core
		return sample{answer: "same", values: map[string]float64{"time": 1.23456789, "peak": 2}, used: 100 * time.Millisecond}, nil
	}
	return s
}

func TestSchedule(t *testing.T) {
	t.Parallel()
	m := &machine{}
	s := m.schedule(2, 1, "a", "b")
	s.shuffle = func(n int, swap func(i, j int)) {
		if n == 2 {
			swap(0, 1)
		}
	}
	var last Progress
	s.progress = func(p Progress) { last = p }
	if err := s.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"atrue", "btrue", "bfalse", "afalse", "bfalse", "afalse", "bfalse", "afalse"}
	if diff := cmp.Diff(want, m.ran); diff != "" {
		t.Errorf("processes run (-want +got):\n%s", diff)
	}
	if want := slices.Repeat([]time.Duration{200 * time.Millisecond}, 4); !slices.Equal(m.rests, want) {
		t.Errorf("rests = %v, want %v: samples fill the window", m.rests, want)
	}
	if want := (Progress{Measurement: "test", Stage: "round 2 of 2", Unit: "c/a with a", Done: 8, Total: 8}); last != want {
		t.Errorf("last progress = %+v, want %+v", last, want)
	}
	got := s.results(compare.WorkTask)
	if len(got) != 2 || got[0].Series != "a" || got[0].Answer != "same" || got[0].Dropped != 0 {
		t.Fatalf("results = %+v, want those of a and b", got)
	}
	if diff := cmp.Diff(map[string][]float64{"time": {1.235, 1.235}, "peak": {2, 2}}, got[0].Samples); diff != "" {
		t.Errorf("samples (-want +got):\n%s", diff)
	}
}

// Samples are dropped while others use more than 8 %, and taken again.
func TestScheduleDrops(t *testing.T) {
	t.Parallel()
	m := &machine{}
	s := m.schedule(8, 0, "a", "b")
	take := s.take
	s.take = func(ctx context.Context, u *unit, quick bool) (sample, error) {
		m.background = 0
		switch {
		case u.series.ID == "a" && u.attempts < 3:
			m.background = 0.2
		case u.series.ID == "b" && u.attempts == 4:
			m.background = 0.05
		case u.series.ID == "b" && u.attempts == 5:
			_, err := take(ctx, u, quick)
			return sample{}, errors.Join(err, errGone)
		}
		return take(ctx, u, quick)
	}
	if err := s.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ attempts, dropped int }{{11, 3}, {9, 1}} {
		u := s.units[i]
		if u.attempts != want.attempts || u.dropped != want.dropped || len(u.samples) != 8 {
			t.Errorf("%s: %d attempts, %d dropped, %d samples; want %d, %d, 8", u, u.attempts, u.dropped, len(u.samples), want.attempts, want.dropped)
		}
	}
}

// Twice as many attempts as samples wanted are enough if six samples come of them.
func TestScheduleBusy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		wanted, good int // the first good attempts are on a calm machine
		samples      int
		fails        string
	}{
		{wanted: 8, good: 6, samples: 6},
		{wanted: 8, good: 5, fails: "busy: other programs used more than 8% of it during 11 of 16 samples"},
		{wanted: 2, good: 1, fails: "during 3 of 4 samples"},
		{wanted: 6, good: 6, samples: 6},
		{wanted: 20, good: 0, fails: "during 35 of 35 samples"},
	} {
		m := &machine{}
		s := m.schedule(test.wanted, 0, "a")
		take := s.take
		s.take = func(ctx context.Context, u *unit, quick bool) (sample, error) {
			m.background = 0
			if u.attempts >= test.good {
				m.background = 0.5
			}
			return take(ctx, u, quick)
		}
		err := s.run(t.Context())
		if test.fails != "" {
			if err == nil || !strings.Contains(err.Error(), test.fails) {
				t.Errorf("%+v: run = %v, want %q", test, err, test.fails)
			}
			continue
		}
		if err != nil || len(s.units[0].samples) != test.samples {
			t.Errorf("%+v: run = %v with %d samples", test, err, len(s.units[0].samples))
		}
	}
}

func TestScheduleAnswers(t *testing.T) {
	t.Parallel()
	m := &machine{}
	s := m.schedule(6, 0, "a", "b")
	s.take = func(_ context.Context, u *unit, _ bool) (sample, error) {
		return sample{answer: strings.Repeat(u.series.ID, 100)}, nil
	}
	err := s.run(t.Context())
	long := strings.Repeat("b", 60) + "…"
	if err == nil || !strings.Contains(err.Error(), `c/b with b answers "`+long+`", but c/a with a answered "aaa`) {
		t.Errorf("run = %v, want both answers, shortened", err)
	}
	if len(s.units[0].samples) != 0 {
		t.Errorf("%d samples were taken before the answers were compared", len(s.units[0].samples))
	}
	// An answer that changes later is found too.
	s = m.schedule(6, 0, "a")
	n := 0
	s.take = func(context.Context, *unit, bool) (sample, error) {
		n++
		return sample{answer: fmt.Sprint(n > 3)}, nil
	}
	if err := s.run(t.Context()); err == nil || !strings.Contains(err.Error(), `answers "true"`) {
		t.Errorf("run = %v, want an error about the new answer", err)
	}
}

func TestOthers(t *testing.T) {
	t.Parallel()
	m := meter{cores: 2}
	start := time.Unix(1000, 0)
	at := func(d, busy, self time.Duration) reading { return reading{at: start.Add(d), busy: busy, self: self} }
	for _, test := range []struct {
		before, after reading
		children      time.Duration
		want          float64
	}{
		{at(0, 0, 0), at(time.Second, time.Second, 0), 0, 0.5},
		{at(0, 0, 0), at(time.Second, time.Second, 200*time.Millisecond), 400 * time.Millisecond, 0.2},
		{at(0, time.Minute, time.Hour), at(time.Second, time.Minute, time.Hour), time.Second, 0},
		{at(0, 0, 0), at(0, 0, 0), 0, 0},
	} {
		if got := m.others(test.before, test.after, test.children); got < test.want-1e-9 || got > test.want+1e-9 {
			t.Errorf("others(%v, %v, %v) = %v, want %v", test.before, test.after, test.children, got, test.want)
		}
	}
}

func TestRound(t *testing.T) {
	t.Parallel()
	for x, want := range map[float64]float64{0: 0, 31.26789: 31.268, 68123.7: 68124, 1234567: 1234600, 0.00012: 0, 8.1: 8.1, -2.34567: -2.346} {
		if got := round(x); got != want {
			t.Errorf("round(%v) = %v, want %v", x, got, want)
		}
	}
}
