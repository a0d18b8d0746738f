package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"
)

// profile has the site asked for pages, files and results as browsers ask, and
// writes where its processor time went to o.profile: what programs are
// optimised for.
func profile(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "tiebreak-profile-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	c, err := newComparison()
	if err != nil {
		return err
	}
	g, err := newGenerator(dir)
	if err != nil {
		return err
	}
	port, err := freePort(ctx)
	if err != nil {
		return err
	}
	shown := "127.0.0.1:" + port
	s, err := newSiteTestbed(ctx, o, c, dir, "--metrics-addr", shown)
	if err != nil {
		return err
	}
	defer s.stop()
	took := 0
	for _, sub := range s.plan.all() {
		took += o.rounds * sub.seconds
	}
	type taken struct {
		data []byte
		err  error
	}
	done := make(chan taken, 1)
	go func() {
		p, err := get(ctx, fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", shown, took), noCodings)
		if err == nil && p.Status != http.StatusOK {
			err = fmt.Errorf("profile: status %d: %.200s", p.Status, p.Body)
		}
		done <- taken{p.Body, err}
	}()
	if err := s.plan.measure(ctx, g, o.rounds, os.Stderr); err != nil {
		return err
	}
	select {
	case got := <-done:
		if got.err != nil {
			return got.err
		}
		return os.WriteFile(o.profile, got.data, 0o600)
	case <-time.After(patience):
		return fmt.Errorf("no profile after %d s", took)
	}
}
