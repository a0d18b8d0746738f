package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// connections is how many requests are under way at any time.
const connections = 64

// fastest is more requests a second than results are made in.
const fastest = 20_000

//go:embed wrk.lua
var wrkScript []byte

// A load is what one subject is asked: paths in turn, always the same headers.
type load struct {
	paths  *paths
	header []string // "Name: value"
	// known is set where all paths are to be asked for once before a run:
	// the runs between have made the site forget them.
	known bool
}

// paths are a file of paths, one a line.
type paths struct {
	file string
	n    int
	// once says that no path may come twice: every run begins where the last
	// one ended. When all have been asked for, those asked for first follow,
	// which the site has long forgotten.
	once bool
	next int
}

// newPaths writes the list to the named file.
func newPaths(file string, list []string) (*paths, error) {
	text := strings.Join(list, "\n") + "\n"
	return &paths{file: file, n: len(list)}, os.WriteFile(file, []byte(text), 0o600)
}

// take returns from which path on, and how many, the next run may ask for.
func (p *paths) take(seconds int) (from, most int) {
	if !p.once {
		return 0, p.n
	}
	most = min(p.n, fastest*seconds)
	if p.next+most > p.n {
		p.next = 0
	}
	return p.next, most
}

// all returns the paths.
func (p *paths) all() ([]string, error) {
	text, err := os.ReadFile(p.file)
	return lines(string(text), p.n), err
}

// took notes that so many requests were sent.
func (p *paths) took(n int) { p.next += n }

// A sample is one run of one subject.
type sample struct {
	Requests int     `json:"requests"`
	Bytes    float64 `json:"bytes"` // of one answer with its headers, the mean
	Rate     float64 `json:"requests_per_second"`
	// PerCPU counts the processor time of the server alone, so a client that
	// takes its share of the processors does not matter.
	PerCPU float64 `json:"requests_per_cpu_second"`
	P50    float64 `json:"p50_ms"`
	P99    float64 `json:"p99_ms"`
	// Client is the share of one processor that the client took.
	Client float64 `json:"client_cpu"`
}

// A tally is what wrk.lua prints.
type tally struct {
	Requests     int     `json:"requests"`
	Microseconds float64 `json:"microseconds"`
	Bytes        float64 `json:"bytes"`
	P50          float64 `json:"p50"`
	P99          float64 `json:"p99"`
	Failed       int     `json:"failed"`
}

// parseTally reads the output of wrk.
func parseTally(out string) (tally, error) {
	for line := range strings.Lines(out) {
		if data, ok := strings.CutPrefix(line, "bench "); ok {
			var t tally
			if err := json.Unmarshal([]byte(data), &t); err != nil {
				return tally{}, fmt.Errorf("output of wrk: %w", err)
			}
			if t.Requests == 0 || t.Microseconds == 0 {
				return tally{}, fmt.Errorf("wrk was answered nothing: %s", strings.TrimSpace(data))
			}
			if t.Failed > 0 {
				return tally{}, fmt.Errorf("%d of %d requests failed", t.Failed, t.Requests)
			}
			return t, nil
		}
	}
	return tally{}, fmt.Errorf("no result in the output of wrk: %s", out)
}

// A generator sends loads with wrk.
type generator struct{ script string }

func newGenerator(dir string) (generator, error) {
	g := generator{script: filepath.Join(dir, "wrk.lua")}
	return g, os.WriteFile(g.script, wrkScript, 0o600)
}

// remind asks the server for every path of the load once.
func (l load) remind(ctx context.Context, s *server) error {
	list, err := l.paths.all()
	if err != nil {
		return err
	}
	for _, path := range list {
		if _, err := ask(ctx, s.url+path, l.header); err != nil {
			return err
		}
	}
	return nil
}

// send sends the load to the server for so many seconds.
func (g generator) send(ctx context.Context, s *server, l load, seconds int) (sample, error) {
	if l.known {
		if err := l.remind(ctx, s); err != nil {
			return sample{}, err
		}
	}
	from, most := l.paths.take(seconds)
	args := []string{
		"-t1", "-c" + strconv.Itoa(connections), "-d" + strconv.Itoa(seconds) + "s",
		"--timeout", "10s", "-s", g.script,
	}
	for _, h := range l.header {
		args = append(args, "-H", h)
	}
	cmd := exec.CommandContext(ctx, "wrk", append(args, s.url, "--", l.paths.file, strconv.Itoa(from), strconv.Itoa(most))...)
	before, err := s.cpu()
	if err != nil {
		return sample{}, err
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		return sample{}, fmt.Errorf("wrk: %w: %s", err, out)
	}
	after, err := s.cpu()
	if err != nil {
		return sample{}, err
	}
	t, err := parseTally(string(out))
	if err != nil {
		return sample{}, err
	}
	l.paths.took(t.Requests + connections) // those under way at the end were sent too
	client := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return newSample(t, after-before, client), nil
}

func newSample(t tally, server, client time.Duration) sample {
	took := t.Microseconds / 1e6
	n := float64(t.Requests)
	// The kernel counts processor time in hundredths of a second.
	used := max(server.Seconds(), 0.01)
	return sample{
		Requests: t.Requests, Bytes: t.Bytes / n, Rate: n / took, PerCPU: n / used,
		P50: t.P50 / 1e3, P99: t.P99 / 1e3, Client: client.Seconds() / took,
	}
}
