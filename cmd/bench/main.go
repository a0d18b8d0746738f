// Command bench compares the site with a handler that only writes the same
// bytes, and with the same result page on Node.js, in one run on one machine:
//
//	bench --site bin/tiebreak
//	bench --site bin/tiebreak --copies 200
//
// The second compares the site with itself when it has 200 comparisons, which
// takes a quarter of an hour.
//
// Each program runs in a process of its own and is asked by wrk over loopback,
// a short while each, in turn, for several rounds. What is compared is compared
// within a round; the median of the rounds counts. The table goes to the
// standard output, all figures as JSON to the file named by --out.
//
// What is the same for all: the machine, the connections, the bytes and headers
// of a page, the codings that are asked for, the level of gzip. What favours
// the others: the site writes its log, to the null device, and they write none;
// Fastify has its results parsed in memory and decides nothing; the bare handler
// has Go's default server without timeouts. What favours the site: a larger heap,
// of which less has to be collected for every request.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are what the command line may choose.
type options struct {
	site, out, readme, profile string
	rounds, seconds, copies    int
}

func run(ctx context.Context, args []string) error {
	if len(args) == 3 && args[0] == bareVerb {
		return serveBare(ctx, args[1], args[2])
	}
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&o.site, "site", "bin/tiebreak", "the site's program")
	flags.StringVar(&o.out, "out", filepath.Join(os.TempDir(), "tiebreak-bench.json"), "file to write all figures to")
	flags.StringVar(&o.readme, "readme", "", "Markdown file whose figures to replace")
	flags.StringVar(&o.profile, "profile", "", "only measure where the site's time goes, and write that to the file")
	flags.IntVar(&o.copies, "copies", 1, "with more than 1, only compare the site with itself when it has so many comparisons")
	flags.IntVar(&o.rounds, "rounds", 5, "how often everything is measured, at least 1")
	flags.IntVar(&o.seconds, "seconds", 1, "how long a page is asked for in one round; a result twice as long")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.rounds < 1 || o.seconds < 1 || o.copies < 1 {
		return fmt.Errorf("%d rounds of %d s with %d comparisons measure nothing", o.rounds, o.seconds, o.copies)
	}
	if o.profile != "" || o.copies > 1 {
		if err := needed("wrk"); err != nil {
			return err
		}
	}
	switch {
	case o.profile != "":
		return profile(ctx, o)
	case o.copies > 1:
		return large(ctx, o)
	}
	if err := needed("wrk", "node", "npm"); err != nil {
		return err
	}
	r, err := bench(ctx, o)
	if err != nil {
		return err
	}
	r.Took = time.Since(r.Started).Round(time.Second).String()
	return r.publish(o)
}

// needed says what this machine lacks.
func needed(names ...string) error {
	if err := supported(); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			return fmt.Errorf("%s is missing: tools/need.sh bench installs it", name)
		}
	}
	return nil
}

// bench measures everything.
func bench(ctx context.Context, o options) (*record, error) {
	dir, err := os.MkdirTemp("", "tiebreak-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	c, err := newComparison()
	if err != nil {
		return nil, err
	}
	p, err := installPeer(ctx)
	if err != nil {
		return nil, err
	}
	g, err := newGenerator(dir)
	if err != nil {
		return nil, err
	}
	r := &record{Started: time.Now(), Machine: newMachine(ctx, p.node), Rounds: o.rounds, Seconds: o.seconds, Connections: connections}
	s, err := newTestbed(ctx, o, c, p, dir)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	if err := s.plan.measure(ctx, g, o.rounds, os.Stderr); err != nil {
		return nil, err
	}
	s.stop()
	if err := r.judge(&s.plan, goals(c)); err != nil {
		return nil, err
	}
	if r.Start, err = s.starts(ctx, max(o.rounds, 5)); err != nil {
		return nil, err
	}
	if r.Memory, err = s.measureMemory(ctx, g); err != nil {
		return nil, err
	}
	r.BinaryMB, err = size(o.site)
	return r, err
}

// judge takes over what was measured, and what the goals came to.
func (r *record) judge(p *plan, goals []goal) error {
	for _, s := range p.all() {
		r.Rows = append(r.Rows, s.row())
	}
	for _, g := range goals {
		o, err := g.judge(p)
		if err != nil {
			return err
		}
		r.Goals = append(r.Goals, o)
	}
	return nil
}

// publish prints the record and writes it where it was asked for.
func (r *record) publish(o options) error {
	if err := r.print(os.Stdout); err != nil {
		return err
	}
	if err := writeJSON(r, o.out); err != nil {
		return err
	}
	fmt.Printf("all figures are in %s, taken in %s\n", o.out, r.Took)
	if o.readme == "" {
		return nil
	}
	return r.writeReadme(o.readme)
}
