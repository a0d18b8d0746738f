package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"tiebreak/internal/compare"
)

const (
	// knownResults are fewer than the site keeps.
	knownResults = 100
	// newResults are more than a run asks for, at the speed results have now.
	newResults = 300_000
)

// packing is how long the site may take to compress its pages.
const packing = 2 * time.Minute

// A stage has the programs running, and what to ask them.
type stage struct {
	programs []program // site, bare handler, peer
	servers  []*server
	plan     plan
	pages    []namedPage
	known    []string // paths of results
	fresh    *paths   // of results, none twice
	dir      string
}

// strike stops all servers.
func (s *stage) strike() {
	for _, server := range s.servers {
		server.stop()
	}
	s.servers = nil
}

// newStage starts the site, takes from it what the others need, and starts them.
func newStage(ctx context.Context, o options, c *compare.Comparison, p peer, dir string) (*stage, error) {
	s, err := setStage(o, c, dir)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	bare, data := filepath.Join(dir, "bare.gob"), filepath.Join(dir, "peer.json")
	s.programs = append(s.programs,
		program{bareName, func(port string) []string { return []string{self, bareVerb, bare, "127.0.0.1:" + port} }, "/", false},
		program{peerName, func(port string) []string { return []string{p.node, p.server, data, port} }, s.known[0], false},
	)
	lend := func(site *server) error { return s.lend(ctx, site, bare, data) }
	return s, s.open(ctx, o.seconds, lend)
}

// newSoloStage starts the site alone, with more arguments.
func newSoloStage(ctx context.Context, o options, c *compare.Comparison, dir string, args ...string) (*stage, error) {
	s, err := setStage(o, c, dir, args...)
	if err != nil {
		return nil, err
	}
	return s, s.open(ctx, o.seconds, func(site *server) error { return settle(ctx, site, s.pages, packing) })
}

// setStage writes down what to ask the site, and how it is started.
func setStage(o options, c *compare.Comparison, dir string, args ...string) (*stage, error) {
	results := resultPaths(c, knownResults+newResults)
	s := &stage{pages: pagePaths(c), known: results[:knownResults], dir: dir}
	var err error
	if s.fresh, err = newPaths(filepath.Join(dir, "fresh"), results[knownResults:]); err != nil {
		return nil, err
	}
	s.fresh.once = true
	s.programs = []program{{siteName, func(port string) []string {
		return append([]string{o.site, "serve", "--addr", "127.0.0.1:" + port}, args...)
	}, "/", true}}
	return s, nil
}

// open starts the programs, the site first, which gets ready before the others
// start, and lays out the plan.
func (s *stage) open(ctx context.Context, seconds int, ready func(site *server) error) error {
	err := s.raise(ctx, ready)
	if err == nil {
		err = s.cast(ctx, seconds)
	}
	if err != nil {
		s.strike()
	}
	return err
}

// raise starts all programs; the site first, of which the others live.
func (s *stage) raise(ctx context.Context, ready func(site *server) error) error {
	for i, p := range s.programs {
		server, err := p.start(ctx)
		if err != nil {
			return err
		}
		s.servers = append(s.servers, server)
		if i > 0 {
			continue
		}
		if err := ready(server); err != nil {
			return err
		}
	}
	return nil
}

// server returns the server of the program with the number, nil if it takes no part.
func (s *stage) server(i int) *server {
	if i < len(s.servers) {
		return s.servers[i]
	}
	return nil
}

// lend writes what the bare handler and the peer are to serve.
func (s *stage) lend(ctx context.Context, site *server, bare, data string) error {
	if err := settle(ctx, site, s.pages, packing); err != nil {
		return err
	}
	answers := bareHandler{}
	for _, path := range append(addresses(s.pages), s.known...) {
		p, err := get(ctx, site.url+path, browserCodings)
		if err != nil {
			return err
		}
		if p.Status != http.StatusOK {
			return fmt.Errorf("%s: status %d", path, p.Status)
		}
		p.Header.Del("Date") // net/http writes its own
		answers[path] = p
	}
	if err := answers.save(bare); err != nil {
		return err
	}
	d, err := newPeerData(ctx, site, s.known)
	if err != nil {
		return err
	}
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return os.WriteFile(data, text, 0o600)
}

// settle waits until the site has compressed its pages and rests.
func settle(ctx context.Context, site *server, pages []namedPage, atMost time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, atMost)
	defer cancel()
	for _, p := range pages {
		for {
			got, err := get(ctx, site.url+p.path, browserCodings)
			if err != nil {
				return err
			}
			if got.Header.Get("Content-Encoding") != "gzip" { // its first, quick coding
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	for busy := time.Hour; busy > tick; {
		before, err := site.cpu()
		if err != nil {
			return err
		}
		time.Sleep(500 * time.Millisecond)
		after, err := site.cpu()
		if err != nil {
			return err
		}
		busy = after - before
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("the site does not come to rest: %w", err)
		}
	}
	return nil
}

func addresses(pages []namedPage) []string {
	out := make([]string, len(pages))
	for i, p := range pages {
		out[i] = p.path
	}
	return out
}
