package measure

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// connections is how many connections ask a server at a time.
const connections = 64

// listening reads the line in which a server says its port.
func (p *process) listening() (port int, protocol string, err error) {
	var said struct {
		Port     int
		Protocol string
	}
	if err := p.object(&said); err != nil {
		return 0, "", err
	}
	if said.Port <= 0 {
		return 0, "", fmt.Errorf("it says its port is %d", said.Port)
	}
	return said.Port, said.Protocol, nil
}

// readServer loads a server from connections that ask again as soon as they
// have an answer, and reads how many it answers and what that costs it.
func (b *bench) readServer(p *process, quick bool) (sample, error) {
	port, _, err := p.listening()
	if err != nil {
		return sample{}, err
	}
	answer, err := get(p.ctx, port, "/")
	if err != nil || quick {
		return sample{answer: answer}, err
	}
	begin := b.r.cfg.Now().Add(b.r.timing.warm)
	end := begin.Add(b.r.timing.load)
	waits := make([][]time.Duration, connections)
	errs := make([]error, connections)
	var wg sync.WaitGroup
	for i := range connections {
		wg.Go(func() { waits[i], errs[i] = b.ask(p.ctx, port, answer, begin, end) })
	}
	// The server is read while the load runs on: at its end some of the
	// connections would already be silent.
	cost, err := b.costDuring(p, begin, end)
	wg.Wait()
	if err := errors.Join(err, errors.Join(errs...)); err != nil {
		return sample{}, firstLine(err)
	}
	use, err := b.r.proc.group(p.pid())
	if err != nil {
		return sample{}, err
	}
	all := slices.Concat(waits...)
	if len(all) == 0 {
		return sample{}, errors.New("the server answered nothing in time")
	}
	n := float64(len(all))
	values := map[string]float64{
		"rate": n / b.r.timing.load.Seconds(),
		"cpu":  float64(cost) / float64(time.Microsecond) / n,
		"p99":  milliseconds(percentile99(all)),
	}
	return sample{answer: answer, values: values, used: use.time}, nil
}

// ask asks one question after the other until end. It returns how long the
// server took for those it answered between begin and end.
func (b *bench) ask(ctx context.Context, port int, answer string, begin, end time.Time) ([]time.Duration, error) {
	c, err := dial(ctx, port)
	if err != nil {
		return nil, err
	}
	defer c.conn.Close()
	question := request("/")
	waits := make([]time.Duration, 0, 1<<12)
	for {
		sent := b.r.cfg.Now()
		body, err := c.exchange(question)
		if err != nil {
			return nil, err
		}
		if string(body) != answer {
			return nil, fmt.Errorf("the server answers %q after %q", shorten(string(body), 60), shorten(answer, 60))
		}
		got := b.r.cfg.Now()
		if !got.Before(end) {
			return waits, nil
		}
		if !got.Before(begin) {
			waits = append(waits, got.Sub(sent))
		}
	}
}

// costDuring returns the processor time that a server uses between two moments
// to come.
func (b *bench) costDuring(p *process, begin, end time.Time) (time.Duration, error) {
	var use [2]groupUse
	for i, at := range []time.Time{begin, end} {
		if err := sleep(p.ctx, at.Sub(b.r.cfg.Now())); err != nil {
			return 0, err
		}
		var err error
		if use[i], err = b.r.proc.group(p.pid()); err != nil {
			return 0, err
		}
	}
	return use[1].time - use[0].time, nil
}

// readIdle reads the memory of a server before and after connections come that
// ask once and stay.
func (b *bench) readIdle(p *process, quick bool) (sample, error) {
	port, protocol, err := p.listening()
	if err != nil {
		return sample{}, err
	}
	// The first exchange loads code that the others find loaded; its connection
	// is closed before the first reading.
	c, answer, err := visit(p.ctx, port, protocol)
	if err != nil {
		return sample{}, err
	}
	if err := c.conn.Close(); err != nil || quick {
		return sample{answer: answer}, err
	}
	if err := sleep(p.ctx, b.r.timing.settle); err != nil {
		return sample{}, err
	}
	before, err := b.r.proc.group(p.pid())
	if err != nil {
		return sample{}, err
	}
	for range b.r.timing.sessions {
		c, again, err := visit(p.ctx, port, protocol)
		if err != nil {
			return sample{}, err
		}
		defer c.conn.Close() // all stay open until the end
		if again != answer {
			return sample{}, fmt.Errorf("the server answers %q after %q", shorten(again, 60), shorten(answer, 60))
		}
	}
	if err := sleep(p.ctx, b.r.timing.settle); err != nil {
		return sample{}, err
	}
	full, err := b.r.proc.group(p.pid())
	if err != nil {
		return sample{}, err
	}
	values := map[string]float64{
		"before": before.resident / 1024,
		"each":   (full.resident - before.resident) / float64(b.r.timing.sessions),
	}
	return sample{answer: answer, values: values, used: full.time}, nil
}

// visit connects, asks once and keeps the connection open.
func visit(ctx context.Context, port int, protocol string) (c *connection, answer string, err error) {
	c, err = dial(ctx, port)
	if err != nil {
		return nil, "", err
	}
	switch protocol {
	case "http":
		var body []byte
		body, err = c.exchange(request("/"))
		answer = string(body)
	case "tcp":
		answer, err = c.ping()
	default:
		err = fmt.Errorf("its protocol is %q, not http or tcp", protocol)
	}
	if err != nil {
		return nil, "", errors.Join(err, c.conn.Close())
	}
	return c, answer, nil
}

// percentile99 returns the smallest of the durations that 99 of 100 do not
// exceed. It sorts them.
func percentile99(durations []time.Duration) time.Duration {
	slices.Sort(durations)
	return durations[int(math.Ceil(0.99*float64(len(durations))))-1]
}

// firstLine keeps the first of many errors of the same kind.
func firstLine(err error) error {
	line, _, more := strings.Cut(err.Error(), "\n")
	if !more {
		return err
	}
	return errors.New(line)
}

// keepCoreFree leaves the last core to the server: it moves this process to the
// others, until leave is called, and has servers started on the last.
func (b *bench) keepCoreFree(ctx context.Context) (leave func(), err error) {
	taskset, err := exec.LookPath("taskset")
	if err != nil {
		return nil, errors.New("a server is measured on a core of its own, which needs the command taskset (package util-linux)")
	}
	cores, err := b.r.proc.cores()
	if err != nil {
		return nil, err
	}
	if len(cores) < 2 {
		return nil, errors.New("a server is measured on a core of its own, which needs a machine with two cores")
	}
	last := len(cores) - 1
	if err := b.moveTo(ctx, taskset, cores[:last]); err != nil {
		return nil, err
	}
	b.pin = []string{taskset, "-c", strconv.Itoa(cores[last])}
	// More threads than cores would take turns on them.
	threads := runtime.GOMAXPROCS(last)
	return func() {
		runtime.GOMAXPROCS(threads)
		// The measurement is over, maybe because ctx is; where this process runs
		// makes no difference to what was measured.
		_ = b.moveTo(context.WithoutCancel(ctx), taskset, cores)
	}, nil
}

// moveTo moves all threads of this process to the cores.
func (b *bench) moveTo(ctx context.Context, taskset string, cores []int) error {
	var list []string
	for _, core := range cores {
		list = append(list, strconv.Itoa(core))
	}
	cmd := exec.CommandContext(ctx, taskset, "-a", "-c", "-p", strings.Join(list, ","), strconv.Itoa(os.Getpid()))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("move to cores %s: %w: %s", strings.Join(list, ","), err, strings.TrimSpace(string(out)))
	}
	return nil
}
