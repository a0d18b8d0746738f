// Package measure runs the measurements of a comparison on this machine. A
// measurement is a set of small programs, in cases whose programs do the same
// work; package compare describes it, and its results are a compare.Results.
//
// A program is called by its runtime with the arguments of its series. It uses
// no network beyond 127.0.0.1, writes only in the folder that the environment
// variable TMPDIR names, gives the same answer every time, and ends with exit
// code 0. What it writes on standard error is shown when it fails. Standard
// output is how it talks to the runner, and depends on the workload:
//
//	start   load what is to be loaded, print "ready", end.
//	task    do the work until it runs at its usual speed, then time rounds of
//	        it with the monotonic clock; print {"answer": "…", "times": [ms, …]}
//	        on one line and end.
//	memory  print "ready"; read a line; build the data, keep it reachable and
//	        print {"answer": "…"}; read another line and end.
//	server  listen on a free port of 127.0.0.1, print {"port": N}, and answer
//	        GET / with a fixed body, on connections that stay open, until killed.
//	idle    print {"port": N, "protocol": "http"} and answer as a server does,
//	        or "protocol": "tcp" and answer the line "ping" with the line "pong".
//	delay   as a server; GET /compute answers what a long computation found.
//
// The answer of a start is the word ready; of a server and an HTTP idle it is
// the body, of a TCP idle the line, and of a delay the body of /compute. The
// answers of a case have to be equal, or its times compare different work.
//
// In the units of package compare one MB is 1024 KB, and one KB 1024 bytes.
package measure

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"tiebreak/internal/compare"
)

// A Config says what a Runner runs, and how.
type Config struct {
	Comparison string    // slug, for the results
	Runtimes   []Runtime // as Find returned them
	Packages   string    // folder with a node_modules, "" for none
	Samples    int       // processes to measure of each series and runtime; 0 for as many as a measurement says
	AnyLoad    bool      // keep samples however busy the machine is: to try programs, not to publish
	Env        []string  // environment of the programs, TMPDIR left out
	Now        func() time.Time
	Progress   func(Progress) // called after each process; may be nil
}

// A Runner runs measurements, one at a time.
type Runner struct {
	cfg    Config
	proc   procFS
	timing timing
}

// A timing holds the durations and numbers that a test makes smaller.
type timing struct {
	limit    time.Duration // a process that takes longer hangs
	window   time.Duration // shortest time over which the machine is watched
	warm     time.Duration // load before a server's load counts
	load     time.Duration // load that counts, closed loop
	late     time.Duration // load that counts, open loop
	settle   time.Duration // between the last exchange of idle connections and the reading
	sessions int           // idle connections
}

func usualTiming() timing {
	return timing{
		limit:    time.Minute,
		window:   300 * time.Millisecond,
		warm:     time.Second,
		load:     3 * time.Second,
		late:     10 * time.Second,
		settle:   time.Second,
		sessions: 1000,
	}
}

// New returns a Runner. It fails on systems other than Linux: how busy the
// machine is and what a process uses are read from /proc.
func New(cfg Config) (*Runner, error) {
	if runtime.GOOS != "linux" {
		return nil, fmt.Errorf("measurements run on Linux only, not on %s: they are read from /proc", runtime.GOOS)
	}
	if cfg.Now == nil {
		return nil, errors.New("measure: Config.Now is missing")
	}
	if cfg.Samples < 0 {
		return nil, fmt.Errorf("measure: %d samples", cfg.Samples)
	}
	if cfg.Progress == nil {
		cfg.Progress = func(Progress) {}
	}
	return &Runner{cfg: cfg, proc: procFS{os.DirFS("/proc")}, timing: usualTiming()}, nil
}

// Run runs a measurement. It fails, with no results, if programs of a case give
// different answers, if a program fails or hangs, if the machine is too busy,
// and if ctx ends. By then all processes it started are gone.
func (r *Runner) Run(ctx context.Context, m *compare.Measurement) (*compare.Results, error) {
	started := r.cfg.Now()
	plan, err := r.plan(ctx, m)
	if err != nil {
		return nil, err
	}
	results := &compare.Results{
		Schema:      compare.ResultsSchema,
		Comparison:  r.cfg.Comparison,
		Measurement: m.ID,
		Date:        compare.Date(started.UTC().Format(time.DateOnly)),
		Programs:    m.ProgramsSum(),
		Runtimes:    plan.runtimes,
		Skipped:     plan.skipped,
	}
	if results.Machine, err = describeMachine(r.proc, os.DirFS("/etc")); err != nil {
		return nil, err
	}
	bench := &bench{r: r, workload: m.Workload}
	if bench.dir, err = writePrograms(r.cfg.Packages, m.Programs); err != nil {
		return nil, err
	}
	defer os.RemoveAll(bench.dir)
	if m.Workload == compare.WorkServer {
		leave, err := bench.keepCoreFree(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	s := &schedule{
		measurement: m.ID, units: plan.units, wanted: m.Samples, warmup: m.Warmup, window: r.timing.window, busy: busyShare,
		take: bench.take, meter: meter{proc: r.proc, now: r.cfg.Now, self: ownTime, cores: results.Machine.Cores},
		sleep: sleep, shuffle: rand.Shuffle, progress: r.cfg.Progress,
	}
	if r.cfg.Samples > 0 {
		s.wanted = r.cfg.Samples
	}
	if r.cfg.AnyLoad {
		s.busy = math.Inf(1)
	}
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	results.Results = s.results(m.Workload)
	results.Seconds = int(r.cfg.Now().Sub(started).Round(time.Second).Seconds())
	return results, nil
}

// writePrograms puts the programs into a fresh folder. It is inside packages,
// if that is given: Node.js looks for node_modules beside and above a program.
func writePrograms(packages string, programs []compare.Program) (dir string, err error) {
	if packages != "" {
		if packages, err = filepath.Abs(packages); err != nil {
			return "", err
		}
	}
	dir, err = os.MkdirTemp(packages, "tiebreak-programs-")
	if err != nil {
		return "", fmt.Errorf("folder for the programs: %w", err)
	}
	for _, p := range programs {
		if !fs.ValidPath(p.Name) {
			err = fmt.Errorf("program %q: not a name of a file", p.Name)
		} else {
			err = os.WriteFile(filepath.Join(dir, p.Name), []byte(p.Source), 0o644)
		}
		if err != nil {
			return "", errors.Join(err, os.RemoveAll(dir))
		}
	}
	return dir, nil
}

// sleep waits for d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
