package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
)

// resultTime is how many times as long as a page a result is asked for: new
// ones take longer, and the slowest in a hundred have to be enough to count.
const resultTime = 2

// planLoads lays out the plan: who is asked what, for how long.
func (b *testbed) planLoads(ctx context.Context, seconds int) error {
	if err := b.planPages(ctx, seconds); err != nil {
		return err
	}
	if err := b.planResults(resultTime * seconds); err != nil {
		return err
	}
	for i, group := range b.plan.groups {
		b.plan.groups[i] = slices.DeleteFunc(group, func(sub *subject) bool { return sub.on == nil })
	}
	return b.probe(ctx)
}

// planPages has every page asked of the site and of the bare handler.
func (b *testbed) planPages(ctx context.Context, seconds int) error {
	site, bare := b.server(0), b.server(1)
	for _, p := range b.pages {
		one, err := newPaths(filepath.Join(b.dir, strings.ReplaceAll(p.name, " ", "-")), []string{p.path})
		if err != nil {
			return err
		}
		get := load{paths: one, header: []string{"Accept-Encoding: " + browserCodings}}
		group := []*subject{
			{name: siteName, load: p.name, on: site, sends: get, seconds: seconds},
			{name: bareName, load: p.name, on: bare, sends: get, seconds: seconds},
		}
		if p.name == "article" {
			again, err := unchanged(ctx, site, p.path)
			if err != nil {
				return err
			}
			again.paths = one
			group = append(group, &subject{name: siteName, load: loadUnchanged, on: site, sends: again, seconds: seconds})
		}
		b.plan.groups = append(b.plan.groups, group)
	}
	return nil
}

// planResults has results asked of the site and of the peer, as browsers read
// them and uncompressed.
func (b *testbed) planResults(seconds int) error {
	site, bare, peer := b.server(0), b.server(1), b.server(2)
	known, err := newPaths(filepath.Join(b.dir, "known"), b.known)
	if err != nil {
		return err
	}
	for _, form := range []struct{ name, codings string }{{"", browserCodings}, {plain, noCodings}} {
		header := []string{"Accept-Encoding: " + form.codings}
		again := load{paths: known, header: header, known: true}
		group := []*subject{
			{name: siteName, load: loadRepeated + form.name, on: site, sends: again},
			{name: peerName, load: loadRepeated + form.name, on: peer, sends: again},
			{name: siteName, load: loadDistinct + form.name, on: site, sends: load{paths: b.fresh, header: header}},
		}
		if form.name == "" { // with what it was lent
			group = append(group, &subject{name: bareName, load: loadRepeated, on: bare, sends: again})
		}
		for _, sub := range group {
			sub.seconds = seconds
		}
		b.plan.groups = append(b.plan.groups, group)
	}
	return nil
}

// unchanged asks for the page as a browser does that has it already.
func unchanged(ctx context.Context, site *server, path string) (load, error) {
	p, err := get(ctx, site.url+path, browserCodings)
	if err != nil {
		return load{}, err
	}
	l := load{header: []string{"Accept-Encoding: " + browserCodings, "If-None-Match: " + p.Header.Get("Etag")}}
	again, err := ask(ctx, site.url+path, l.header)
	if err != nil {
		return load{}, err
	}
	if again.Status != http.StatusNotModified {
		return load{}, fmt.Errorf("%s is answered with %d to who has it", path, again.Status)
	}
	return l, nil
}

// probe makes sure that every subject answers, and notes how it compresses.
func (b *testbed) probe(ctx context.Context) error {
	for _, sub := range b.plan.all() {
		list, err := sub.sends.paths.all()
		if err != nil {
			return err
		}
		path := list[0]
		p, err := ask(ctx, sub.on.url+path, sub.sends.header)
		if err != nil {
			return err
		}
		if p.Status != http.StatusOK && p.Status != http.StatusNotModified {
			return fmt.Errorf("%s: %s: status %d", sub.name, path, p.Status)
		}
		sub.coding = p.Header.Get("Content-Encoding")
	}
	return nil
}
