package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"tiebreak/internal/catalog"
	"tiebreak/web"
)

// A site answers with the content that was read last and was good. Content may
// be read again while requests are answered; each request sees one state of it.
type site struct {
	read func() (*catalog.Catalog, error)
	// build lays out the content; what it begins in the background ends with the context.
	build func(context.Context, *catalog.Catalog) (http.Handler, error)
	// leave ends what the content shown began. Only the goroutine that shows uses it.
	leave    context.CancelFunc
	log      *slog.Logger
	counts   *counts
	posts    *web.PostCounts
	draining atomic.Bool
	current  atomic.Pointer[http.Handler]
	trouble  atomic.Pointer[error] // what the last reading ended with, nil for none
}

// ServeHTTP answers with the current content. While the program drains, every
// connection ends with its answer, so that none is cut when the draining ends.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		w.Header().Set("Connection", "close")
	}
	(*s.current.Load()).ServeHTTP(w, r)
}

// show answers with the content from now on. Nobody makes pages of the content
// before any more, so that it is gone with the last request that sees it.
func (s *site) show(ctx context.Context, pages *catalog.Catalog) error {
	ctx, leave := context.WithCancel(ctx)
	handler, err := s.build(ctx, pages)
	if err != nil {
		leave()
		return err
	}
	s.current.Store(&handler)
	if s.leave != nil {
		s.leave()
	}
	s.leave = leave
	s.counts.read(true)
	return nil
}

// fault is what the last reading ended with.
func (s *site) fault() error {
	if err := s.trouble.Load(); err != nil {
		return *err
	}
	return nil
}

// reload reads the content again. If it cannot be used, the current content
// stays, and the log and /readyz say why.
func (s *site) reload(ctx context.Context) {
	pages, err := s.read()
	if err == nil {
		err = s.show(ctx, pages)
	}
	if err != nil {
		s.counts.read(false)
		err = fmt.Errorf("the content is as it was before the last reading: %w", err)
		s.log.Error("content not read again", "error", err.Error())
		s.trouble.Store(&err)
		return
	}
	s.trouble.Store(nil)
	s.log.Info("content read again")
}

// reloadOn reads the content again at every signal, until the returned function
// is called. That does not wait long for a reading, which may hang with its disk.
// Built-in content cannot have changed.
func (s *site) reloadOn(ctx context.Context, signals <-chan os.Signal, folder bool) (stop func()) {
	over, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-over:
				return
			case <-signals:
			}
			if folder {
				s.reload(ctx)
			} else {
				s.log.Info("content is built in, nothing to read again")
			}
		}
	}()
	return func() {
		close(over)
		select {
		case <-done:
		case <-time.After(readingGrace):
			s.log.Warn("the reading of the content is left unfinished")
		}
	}
}

// readingGrace is longer than any reading that is worth waiting for.
const readingGrace = 10 * time.Second
