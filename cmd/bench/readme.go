package main

import (
	"fmt"
	"os"
	"strings"
)

// What stands before and after the figures in the README.
const (
	figuresBegin = "<!-- figures of make bench -->\n"
	figuresEnd   = "<!-- end of figures -->\n"
)

// writeReadme replaces the figures in the named Markdown file.
func (r *record) writeReadme(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, rest, opened := strings.Cut(string(text), figuresBegin)
	_, after, closed := strings.Cut(rest, figuresEnd)
	if !opened || !closed {
		return fmt.Errorf("%s has no lines %q and %q", name, strings.TrimSpace(figuresBegin), strings.TrimSpace(figuresEnd))
	}
	return os.WriteFile(name, []byte(before+figuresBegin+r.markdown()+figuresEnd+after), 0o644)
}

// markdown is the record in short.
func (r *record) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "`make bench` on %s, medians of %d rounds; %s:\n\n", r.Started.Format("2 January 2006"), r.Rounds, r.Machine)
	b.WriteString("| measured | goal | got | by processor time |\n|---|---|---|---|\n")
	worst := r.worstPage()
	fmt.Fprintf(&b, "| lowest share of a bare handler's rate: %s | ≥ %s | %s | %s |\n",
		strings.TrimSuffix(worst.What, pageGoal), figure(worst.Bound), got(worst), byCPU(worst))
	for _, o := range r.Goals[pageGoals(r.Goals):] {
		if strings.HasSuffix(o.What, "Fastify's") || strings.HasSuffix(o.What, "Fastify's rate") {
			continue // uncompressed, Fastify is faster: the harder goals stay
		}
		sign := "≥"
		if o.Most {
			sign = "≤"
		}
		fmt.Fprintf(&b, "| %s | %s %s | %s | %s |\n", o.What, sign, figure(o.Bound), got(o), byCPU(o))
	}
	s := r.Start[siteName]
	fmt.Fprintf(&b, "| start to first page; memory after %d requests; program | | %.0f ms; %.0f MB; %.0f MB | |\n",
		r.Memory.Requests, s.Median, r.Memory.Resident, r.BinaryMB)
	return b.String()
}

// pageGoals counts the goals that are about pages: they come first.
func pageGoals(goals []outcome) int {
	for i, o := range goals {
		if !strings.HasSuffix(o.What, pageGoal) {
			return i
		}
	}
	return len(goals)
}

// worstPage returns the goal of a page that came out lowest.
func (r *record) worstPage() outcome {
	worst := r.Goals[0]
	for _, o := range r.Goals[:pageGoals(r.Goals)] {
		if o.Got.Median < worst.Got.Median {
			worst = o
		}
	}
	return worst
}

func got(o outcome) string {
	if o.Met {
		return figure(o.Got.Median)
	}
	return figure(o.Got.Median) + ", missed"
}
