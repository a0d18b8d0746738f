package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"text/tabwriter"
	"time"

	"tiebreak/content"
	"tiebreak/internal/compare"
)

// largeName is the site with many comparisons.
const largeName = "large site"

// What a large site may take.
const (
	largeStart = 5000 // ms from its start to its first page
	largeHeld  = 5    // times the size of its pages
	largeRate  = 0.90 // of the rate of the site with one comparison
)

// largePatience is how long a large site may pack its pages.
const largePatience = 20 * time.Minute

// A largeRecord is what a run with a large site found.
type largeRecord struct {
	record
	Copies int     `json:"comparisons"`
	Before spread  `json:"resident_at_start_mb"`
	Pages  float64 `json:"pages_mb"` // all that the sitemap names, uncompressed
	Count  int     `json:"pages"`
}

// large compares the site with a large one and publishes what it found.
func large(ctx context.Context, o options) error {
	r, err := benchLarge(ctx, o)
	if err != nil {
		return err
	}
	r.Took = time.Since(r.Started).Round(time.Second).String()
	if err := r.print(os.Stdout); err != nil {
		return err
	}
	if err := writeJSON(r, o.out); err != nil {
		return err
	}
	fmt.Printf("all figures are in %s, taken in %s\n", o.out, r.Took)
	return nil
}

// benchLarge compares the site with itself when it has o.copies comparisons.
func benchLarge(ctx context.Context, o options) (*largeRecord, error) {
	dir, err := os.MkdirTemp("", "tiebreak-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	c, err := newComparison()
	if err != nil {
		return nil, err
	}
	g, err := newGenerator(dir)
	if err != nil {
		return nil, err
	}
	many := filepath.Join(dir, "content")
	if err := copyComparison(many, c.Slug, o.copies-1); err != nil {
		return nil, err
	}
	r := &largeRecord{Copies: o.copies}
	r.record = record{Started: time.Now(), Machine: newMachine(ctx, ""), Rounds: o.rounds, Seconds: o.seconds, Connections: connections}
	large := program{largeName, func(port string) []string {
		return []string{o.site, "serve", "--addr", "127.0.0.1:" + port, "--content", many}
	}, "/", true}
	if err := r.starts(ctx, large, o.rounds); err != nil {
		return nil, err
	}
	s, err := newSiteTestbed(ctx, o, c, dir)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	other, err := large.start(ctx)
	if err != nil {
		return nil, err
	}
	s.servers = append(s.servers, other)
	fmt.Fprintln(os.Stderr, "every page of the large site is made and compressed")
	if err := settle(ctx, other, s.pages, largePatience); err != nil {
		return nil, err
	}
	if r.Pages, r.Count, err = sizeOfPages(ctx, other); err != nil {
		return nil, err
	}
	s.plan.pairWith(other)
	if err := s.plan.measure(ctx, g, o.rounds, os.Stderr); err != nil {
		return nil, err
	}
	if r.Memory.Resident, r.Memory.Peak, err = other.resident(); err != nil {
		return nil, err
	}
	return r, r.judgeLarge(&s.plan, c)
}

// starts starts the program anew, as often as there are rounds.
func (r *largeRecord) starts(ctx context.Context, p program, rounds int) error {
	var took, held []float64
	for range rounds {
		server, err := p.start(ctx)
		if err != nil {
			return err
		}
		mb, _, err := server.resident()
		server.stop()
		if err != nil {
			return err
		}
		took, held = append(took, server.ready.Seconds()*1e3), append(held, mb)
	}
	r.Start = map[string]spread{largeName: spreadOf(took)}
	r.Before = spreadOf(held)
	return nil
}

// pairWith has another server asked for what the first is asked, right after it.
// The home page lists all comparisons, so it is not the same. Nor is the 304:
// whoever has a page has it from one of the two.
func (p *plan) pairWith(other *server) {
	for i, group := range p.groups {
		group = slices.DeleteFunc(group, func(s *subject) bool { return s.load == loadUnchanged || s.load == "home" })
		var both []*subject
		for _, s := range group {
			twin := *s
			twin.name, twin.on = largeName, other
			both = append(both, s, &twin)
		}
		p.groups[i] = both
	}
}

// judgeLarge takes over what was measured, and what the goals came to.
func (r *largeRecord) judgeLarge(p *plan, c *compare.Comparison) error {
	start := r.Start[largeName]
	held := r.Memory.Resident / r.Pages
	r.Goals = []outcome{
		{What: "ms to the first page", Bound: largeStart, Most: true, Got: start, Met: start.Median <= largeStart},
		{What: "memory, of the size of the pages", Bound: largeHeld, Most: true, Got: spread{held, held, held}, Met: held <= largeHeld},
	}
	return r.judge(p, largeGoals(c))
}

// largeGoals are what a large site is asked to reach beside the site with one
// comparison. The slowest in a hundred new results are shown, without a goal:
// with so much in memory the program collects seldom and for long, so in some
// rounds they meet a collection and in others none.
func largeGoals(c *compare.Comparison) []goal {
	loads := []string{loadRepeated, loadRepeated + plain, loadDistinct, loadDistinct + plain}
	for _, p := range pagePaths(c)[1:] { // without the home page
		loads = append(loads, p.name)
	}
	var out []goal
	for _, load := range loads {
		out = append(out, goal{what: "rate: " + load, name: largeName, load: load, rival: siteName, rivalsLoad: load, of: rate, bound: largeRate})
	}
	return out
}

// print writes the record for people.
func (r *largeRecord) print(w io.Writer) error {
	r.printHead(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	r.printMeasured(t)
	fmt.Fprintf(t, "\n%d comparisons\t%d pages, %.0f MB\n", r.Copies, r.Count, r.Pages)
	fmt.Fprintf(t, "memory after the start\t%.0f MB (%.0f to %.0f)\n", r.Before.Median, r.Before.Low, r.Before.High)
	fmt.Fprintf(t, "memory at the end\t%.0f MB, at most %.0f MB\n", r.Memory.Resident, r.Memory.Peak)
	return t.Flush()
}

// copyComparison writes the shipped content to a new folder, with n more copies
// of the comparison under other slugs. The copies' editions are not released: a
// lock holds the slug as well.
func copyComparison(dir, slug string, n int) error {
	if err := os.CopyFS(dir, content.Files); err != nil {
		return err
	}
	original, err := fs.Sub(content.Files, slug)
	if err != nil {
		return err
	}
	for i := range n {
		next := fmt.Sprintf("%s-%d", slug, i+1)
		to := filepath.Join(dir, next)
		if err := os.CopyFS(to, original); err != nil {
			return err
		}
		if err := replaceAll(to, slug, next); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, "editions", "lock.yaml"), []byte("editions: []\n"), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// replaceAll writes other words into all files below the folder.
func replaceAll(dir, from, to string) error {
	return filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(data, []byte(from)) {
			return err
		}
		return os.WriteFile(name, bytes.ReplaceAll(data, []byte(from), []byte(to)), 0o600)
	})
}

var pageOfSitemap = regexp.MustCompile(`<loc>([^<]+)</loc>`)

// sizeOfPages asks for every page of the sitemap and returns how many MB they
// are, uncompressed, and how many pages.
func sizeOfPages(ctx context.Context, s *server) (mb float64, n int, err error) {
	sitemap, err := get(ctx, s.url+"/sitemap.xml", noCodings)
	if err != nil {
		return 0, 0, err
	}
	for _, m := range pageOfSitemap.FindAllSubmatch(sitemap.Body, -1) {
		p, err := get(ctx, string(m[1]), noCodings)
		if err != nil {
			return 0, 0, err
		}
		if p.Status != http.StatusOK {
			return 0, 0, fmt.Errorf("%s: status %d", m[1], p.Status)
		}
		mb += float64(len(p.Body)) / 1e6
		n++
	}
	if n == 0 {
		return 0, 0, errors.New("the sitemap has no pages")
	}
	return mb, n, nil
}
