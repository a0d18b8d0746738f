package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"
)

// A record is all that a run found.
type record struct {
	Started     time.Time         `json:"started"`
	Took        string            `json:"took"`
	Machine     machine           `json:"machine"`
	Rounds      int               `json:"rounds"`
	Seconds     int               `json:"seconds"` // a round of one page
	Connections int               `json:"connections"`
	Rows        []row             `json:"rows"`
	Goals       []outcome         `json:"goals"`
	Start       map[string]spread `json:"first_page_ms"`
	Memory      memory            `json:"memory"`
	BinaryMB    float64           `json:"binary_mb"`
}

// A row is one program under one load.
type row struct {
	Load    string   `json:"load"`
	Program string   `json:"program"`
	Bytes   spread   `json:"bytes"` // of an answer with its headers
	Coding  string   `json:"coding"`
	Rate    spread   `json:"requests_per_second"`
	PerCPU  spread   `json:"requests_per_cpu_second"`
	P50     spread   `json:"p50_ms"`
	P99     spread   `json:"p99_ms"`
	Client  spread   `json:"client_cpu"`
	Samples []sample `json:"samples"`
}

func (s *subject) row() row {
	return row{
		Load: s.load, Program: s.name, Coding: s.coding, Samples: s.samples,
		Bytes:  spreadOf(s.values(func(v sample) float64 { return v.Bytes })),
		Rate:   spreadOf(s.values(rate)),
		PerCPU: spreadOf(s.values(perCPU)),
		P50:    spreadOf(s.values(func(v sample) float64 { return v.P50 })),
		P99:    spreadOf(s.values(p99)),
		Client: spreadOf(s.values(func(v sample) float64 { return v.Client })),
	}
}

// writeJSON writes the record to the named file.
func writeJSON(r any, name string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(text, '\n'), 0o644)
}

// print writes the record for people.
func (r *record) print(w io.Writer) error {
	r.printHead(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	r.printMeasured(t)
	fmt.Fprintln(t)
	for _, name := range []string{siteName, bareName, peerName} {
		s := r.Start[name]
		fmt.Fprintf(t, "start to first page, %s\t%.0f ms (%.0f to %.0f)\n", name, s.Median, s.Low, s.High)
	}
	fmt.Fprintf(t, "memory after %d requests\t%.0f MB, at most %.0f MB\n", r.Memory.Requests, r.Memory.Resident, r.Memory.Peak)
	fmt.Fprintf(t, "program\t%.1f MB\n", r.BinaryMB)
	return t.Flush()
}

// printHead writes how it was measured.
func (r *record) printHead(w io.Writer) {
	fmt.Fprintf(w, "\n%s\n%d rounds of %d s a page and %d s a result, %d connections, client and servers on the same cores\n\n",
		r.Machine, r.Rounds, r.Seconds, resultTime*r.Seconds, r.Connections)
}

// printMeasured writes the rows of all programs, and what the goals came to.
func (r *record) printMeasured(t io.Writer) {
	fmt.Fprintln(t, "asked\tof\tbytes\trequests/s\tquartiles\tper CPU second\tp50 ms\tp99 ms\tclient CPU")
	for _, s := range r.Rows {
		fmt.Fprintf(t, "%s\t%s\t%.0f %s\t%.0f\t%.0f to %.0f\t%.0f\t%.2f\t%.2f\t%.0f %%\n", s.Load, s.Program, s.Bytes.Median, s.Coding,
			s.Rate.Median, s.Rate.Low, s.Rate.High, s.PerCPU.Median, s.P50.Median, s.P99.Median, 100*s.Client.Median)
	}
	fmt.Fprint(t, "\n\ngoal\tasked for\tgot\tquartiles\tby CPU second\n")
	for _, o := range r.Goals {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", verdict(o.Met), o.What, bound(o), figure(o.Got.Median),
			figure(o.Got.Low)+" to "+figure(o.Got.High), byCPU(o))
	}
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "MISSED"
}

func bound(o outcome) string {
	if o.Most {
		return "at most " + figure(o.Bound)
	}
	return "at least " + figure(o.Bound)
}

func byCPU(o outcome) string {
	if o.ByCPU == nil {
		return ""
	}
	return figure(o.ByCPU.Median)
}

// figure writes ratios with two decimals, and rates without.
func figure(v float64) string {
	if v >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// lines returns the first n lines of the text.
func lines(text string, n int) []string {
	parts := strings.SplitN(text, "\n", n+1)
	return parts[:min(n, len(parts)-1)]
}
