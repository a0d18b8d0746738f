package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/static"
	"tiebreak/templates"
)

// The programs compared.
const (
	siteName = "site"
	bareName = "bare"
	peerName = "Fastify"
)

// The loads compared, besides the pages of [pagePaths].
const (
	loadUnchanged = "article, 304"
	result        = "result, "
	loadDistinct  = result + "new code"
	loadRepeated  = result + "known code"
	plain         = ", uncompressed"
)

// A named page is one that does not change.
type namedPage struct{ name, path string }

// pagePaths are the pages that are the same for everybody.
func pagePaths(c *compare.Comparison) []namedPage {
	return []namedPage{
		{"home", "/"},
		{"article", templates.ArticlePath(c)},
		{"table", templates.TablePath(c)},
		{"sources", templates.SourcesPath(c)},
		{"claims", templates.ClaimsPath(c)},
		{"measurements", templates.MeasurementsPath(c)},
		{"method", templates.PagePath("method")},
		{"style sheet", static.CSS.Path()},
		{"icon", static.IconSmall.Path()},
	}
}

// A subject is one program under one load.
type subject struct {
	name, load string // of the program and of what it is asked
	on         *server
	sends      load
	seconds    int // of one round
	coding     string
	samples    []sample
}

// A plan is who is asked what. Subjects of one group are compared with each
// other, so they run one right after the other.
type plan struct{ groups [][]*subject }

// all returns the subjects of all groups.
func (p *plan) all() []*subject { return slices.Concat(p.groups...) }

// find returns the subject of the program under the load.
func (p *plan) find(name, load string) (*subject, error) {
	for _, s := range p.all() {
		if s.name == name && s.load == load {
			return s, nil
		}
	}
	return nil, fmt.Errorf("nobody measured %s: %s", name, load)
}

// measure runs all subjects in turn, as often as there are rounds.
func (p *plan) measure(ctx context.Context, g generator, rounds int, progress io.Writer) error {
	for _, s := range p.all() {
		if !strings.HasPrefix(s.load, result) {
			continue // no code to compile, no cache to fill
		}
		if _, err := g.send(ctx, s.on, s.sends, 1); err != nil {
			return fmt.Errorf("%s: %s: %w", s.name, s.load, err)
		}
	}
	for round := range rounds {
		fmt.Fprintf(progress, "round %d of %d\n", round+1, rounds)
		for _, group := range p.groups {
			for i := range group {
				s := group[i]
				if round%2 == 1 { // nobody always comes after the same other
					s = group[len(group)-1-i]
				}
				got, err := g.send(ctx, s.on, s.sends, s.seconds)
				if err != nil {
					return fmt.Errorf("%s: %s: %w", s.name, s.load, err)
				}
				s.samples = append(s.samples, got)
			}
		}
	}
	return nil
}

// values returns one figure of every round.
func (s *subject) values(of func(sample) float64) []float64 {
	out := make([]float64, len(s.samples))
	for i, v := range s.samples {
		out[i] = of(v)
	}
	return out
}

func rate(s sample) float64   { return s.Rate }
func perCPU(s sample) float64 { return s.PerCPU }
func p99(s sample) float64    { return s.P99 }
