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

// compressing is how long the site may take to compress its pages.
const compressing = 2 * time.Minute

// A testbed has the programs running, and what to ask them.
type testbed struct {
	programs []program // site, bare handler, peer
	servers  []*server
	plan     plan
	pages    []namedPage
	known    []string // paths of results
	fresh    *paths   // of results, none twice
	dir      string
}

// stop stops all servers.
func (b *testbed) stop() {
	for _, server := range b.servers {
		server.stop()
	}
	b.servers = nil
}

// newTestbed starts the site, takes from it what the others need, and starts
// them.
func newTestbed(ctx context.Context, o options, c *compare.Comparison, p peer, dir string) (*testbed, error) {
	b, err := prepareTestbed(o, c, dir)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	bare, data := filepath.Join(dir, "bare.gob"), filepath.Join(dir, "peer.json")
	b.programs = append(b.programs,
		program{bareName, func(port string) []string { return []string{self, bareVerb, bare, "127.0.0.1:" + port} }, "/", false},
		program{peerName, func(port string) []string { return []string{p.node, p.server, data, port} }, b.known[0], false},
	)
	export := func(site *server) error { return b.exportData(ctx, site, bare, data) }
	return b, b.start(ctx, o.seconds, export)
}

// newSiteTestbed starts the site alone, with more arguments.
func newSiteTestbed(ctx context.Context, o options, c *compare.Comparison, dir string, args ...string) (*testbed, error) {
	b, err := prepareTestbed(o, c, dir, args...)
	if err != nil {
		return nil, err
	}
	return b, b.start(ctx, o.seconds, func(site *server) error { return settle(ctx, site, b.pages, compressing) })
}

// prepareTestbed writes down what to ask the site, and how it is started.
func prepareTestbed(o options, c *compare.Comparison, dir string, args ...string) (*testbed, error) {
	results := resultPaths(c, knownResults+newResults)
	b := &testbed{pages: pagePaths(c), known: results[:knownResults], dir: dir}
	var err error
	if b.fresh, err = newPaths(filepath.Join(dir, "fresh"), results[knownResults:]); err != nil {
		return nil, err
	}
	b.fresh.once = true
	b.programs = []program{{siteName, func(port string) []string {
		return append([]string{o.site, "serve", "--addr", "127.0.0.1:" + port}, args...)
	}, "/", true}}
	return b, nil
}

// start starts the programs, the site first, which gets ready before the others
// start, and lays out the plan.
func (b *testbed) start(ctx context.Context, seconds int, ready func(site *server) error) error {
	err := b.startServers(ctx, ready)
	if err == nil {
		err = b.planLoads(ctx, seconds)
	}
	if err != nil {
		b.stop()
	}
	return err
}

// startServers starts all programs; the site first, of which the others live.
func (b *testbed) startServers(ctx context.Context, ready func(site *server) error) error {
	for i, p := range b.programs {
		server, err := p.start(ctx)
		if err != nil {
			return err
		}
		b.servers = append(b.servers, server)
		if i > 0 {
			continue
		}
		if err := ready(server); err != nil {
			return err
		}
	}
	return nil
}

// server returns the server of the program with the number, nil if it takes no
// part.
func (b *testbed) server(i int) *server {
	if i < len(b.servers) {
		return b.servers[i]
	}
	return nil
}

// exportData writes what the bare handler and the peer are to serve.
func (b *testbed) exportData(ctx context.Context, site *server, bare, data string) error {
	if err := settle(ctx, site, b.pages, compressing); err != nil {
		return err
	}
	answers := bareHandler{}
	for _, path := range append(addresses(b.pages), b.known...) {
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
	d, err := newPeerData(ctx, site, b.known)
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
