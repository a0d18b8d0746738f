package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"tiebreak/internal/catalog"
	"tiebreak/web"
)

// drainTime is how long requests under way may take after the server was told
// to stop. It is longer than any of them may take to be written.
const drainTime = 35 * time.Second

type serveCommand struct {
	addrFlag
	contentFlag
	BaseURL string `twin:"TIEBREAK_BASE_URL" placeholder:"URL" help:"Address readers use, such as https://example.org."`
}

// Run serves the site until the context ends and all requests are answered.
func (c *serveCommand) Run(ctx context.Context, p program) error {
	log := slog.New(slog.NewJSONHandler(p.stderr, nil))
	files, err := c.files()
	if err != nil {
		return err
	}
	pages, err := catalog.Load(files)
	if err != nil {
		return fmt.Errorf("load content: %w", err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return err
	}
	local := localURL(c.Addr, listener.Addr())
	base := c.BaseURL
	if base == "" {
		base = local
	}
	var draining atomic.Bool
	handler, err := web.New(web.Config{
		Catalog: pages,
		Log:     log,
		Now:     p.now,
		BaseURL: base,
		Ready:   func() bool { return !draining.Load() },
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := newServer(handler, log)
	fmt.Fprintf(p.stdout, "Tiebreak is at %s/\n", local)
	return serve(ctx, server, listener, func() {
		log.Info("draining")
		draining.Store(true)
	})
}

func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// serve answers requests until the context ends, then waits until those under
// way are answered. Serve itself returns at once when a shutdown begins.
func serve(ctx context.Context, server *http.Server, listener net.Listener, drain func()) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	drain()
	// The context has ended; what is under way gets its own time.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	err := server.Shutdown(grace)
	if err != nil {
		err = errors.Join(fmt.Errorf("drain: %w", err), server.Close())
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// localURL returns the address at which this machine reaches a listener that
// was asked for as addr. The port is the listener's: addr may have left it open.
func localURL(addr string, listening net.Addr) string {
	host, _, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	_, port, err := net.SplitHostPort(listening.String())
	if err != nil {
		return "http://" + listening.String()
	}
	return "http://" + net.JoinHostPort(host, port)
}
