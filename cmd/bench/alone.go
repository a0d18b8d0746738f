package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
)

// enough is how many requests the site has answered when its memory is read.
const enough = 100_000

// A memory is what the site's process holds, in MB.
type memory struct {
	Requests int     `json:"requests"`
	Resident float64 `json:"resident_mb"`
	Peak     float64 `json:"peak_mb"`
}

// starts starts every program anew, in turn, and returns how many
// milliseconds each took from its start to its first page, by its name.
func (b *testbed) starts(ctx context.Context, rounds int) (map[string]spread, error) {
	took := map[string][]float64{}
	for range rounds {
		for _, p := range b.programs {
			server, err := p.start(ctx)
			if err != nil {
				return nil, err
			}
			took[p.name] = append(took[p.name], server.ready.Seconds()*1e3)
			server.stop()
		}
	}
	out := map[string]spread{}
	for name, values := range took {
		out[name] = spreadOf(values)
	}
	return out, nil
}

// measureMemory asks a new site for pages and results, half of these new, and
// returns what it then holds.
func (b *testbed) measureMemory(ctx context.Context, g generator) (memory, error) {
	site, err := b.programs[0].start(ctx)
	if err != nil {
		return memory{}, err
	}
	defer site.stop()
	if err := settle(ctx, site, b.pages, compressing); err != nil {
		return memory{}, err
	}
	fresh, err := b.fresh.all()
	if err != nil {
		return memory{}, err
	}
	mix, err := newPaths(filepath.Join(b.dir, "mix"), mixture(addresses(b.pages), b.known, fresh[:enough]))
	if err != nil {
		return memory{}, err
	}
	mix.once = true
	l := load{paths: mix, header: []string{"Accept-Encoding: " + browserCodings}}
	var m memory
	for m.Requests < enough {
		got, err := g.send(ctx, site, l, 1)
		if err != nil {
			return memory{}, fmt.Errorf("memory: %w", err)
		}
		m.Requests += got.Requests
	}
	m.Resident, m.Peak, err = site.resident()
	return m, err
}

// mixture takes in turn a page, a known result, a page and a new result.
func mixture(pages, known, fresh []string) []string {
	var out []string
	for i, path := range fresh {
		out = append(out, pages[2*i%len(pages)], known[i%len(known)], pages[(2*i+1)%len(pages)], path)
	}
	return slices.Clip(out)
}

// size returns the size of the program in MB.
func size(name string) (float64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()) / 1e6, nil
}

// supported says whether this system shows what the benchmark reads.
func supported() error {
	if runtime.GOOS != "linux" {
		return fmt.Errorf("processor time is read from Linux's /proc: there is none on %s", runtime.GOOS)
	}
	return nil
}
