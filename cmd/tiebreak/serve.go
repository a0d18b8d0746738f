package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/net/netutil"

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
	Contact string `twin:"TIEBREAK_CONTACT" placeholder:"ADDRESS" help:"Where readers send corrections, mailto: or https:, instead of the contact in the content."`
	limitFlags
	MetricsAddr string        `twin:"TIEBREAK_METRICS_ADDR" placeholder:"HOST:PORT" help:"Address to show metrics at, for your own network only; none without it."`
	DrainDelay  time.Duration `twin:"TIEBREAK_DRAIN_DELAY" default:"0s" help:"After a signal to stop, time in which /readyz says no but all is answered, so that a balancer sees it."`
}

// limitFlags bound what clients may take.
type limitFlags struct {
	Connections    int            `twin:"TIEBREAK_CONNECTIONS" default:"10000" placeholder:"N" help:"Connections held at once, more have to wait; 0 for any number."`
	Posts          int            `twin:"TIEBREAK_POSTS" default:"120" placeholder:"N" help:"Forms that one client address may send in a minute; 0 for any number."`
	Costly         int            `twin:"TIEBREAK_COSTLY" default:"0" placeholder:"N" help:"Cards, joint results and searches worked on at once; 0 for one per processor, at least 2."`
	TrustedProxies []netip.Prefix `twin:"TIEBREAK_TRUSTED_PROXIES" placeholder:"CIDR,..." help:"Networks of proxies whose X-Forwarded-For is believed, such as 127.0.0.1/32,10.0.0.0/8."`
	OwnHostOnly    bool           `twin:"TIEBREAK_OWN_HOST_ONLY" help:"Answer requests for other hosts than the base URL's with 421."`
	PreloadHTTPS   bool           `twin:"TIEBREAK_PRELOAD_HTTPS" help:"Promise HTTPS for the base URL's host and all below it, as the list that browsers come with asks for."`
}

// mostOfAny is far more than any limit can mean, and few enough to count with.
const mostOfAny = 1_000_000

// Validate refuses numbers that mean nothing.
func (f *limitFlags) Validate() error {
	for _, n := range []int{f.Connections, f.Posts, f.Costly} {
		if n < 0 || n > mostOfAny {
			return fmt.Errorf("limits are numbers from 0 to %d", mostOfAny)
		}
	}
	return nil
}

// Validate refuses what would be taken for something else.
func (c *serveCommand) Validate() error {
	if c.Addr == "" {
		return errors.New("--addr is empty: name a host and a port, or :0 for any free port")
	}
	if c.DrainDelay < 0 {
		return errors.New("--drain-delay must not be negative")
	}
	return c.limitFlags.Validate()
}

// Run serves the site until the context ends and all requests are answered.
func (c *serveCommand) Run(ctx context.Context, p program) error {
	ctx, stop := untilTold(ctx)
	defer stop()
	// From the start, since by default the signal would end the process.
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	// Whoever reads the log may end: its lines are lost then, and not the site.
	signal.Ignore(syscall.SIGPIPE)
	defer signal.Reset(syscall.SIGPIPE)
	log, end := newLog(p.stderr)
	defer end()
	if os.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(servingGC))
	}
	pages, err := c.read()
	if err != nil {
		return err
	}
	listener, err := c.listen(ctx)
	if err != nil {
		return err
	}
	local := localURL(c.Addr, listener.Addr())
	counts, err := newCounts(ctx, c.MetricsAddr, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer counts.close()
	site := &site{log: log, counts: counts, posts: web.NewPostCounts(), read: c.read}
	site.build = func(ctx context.Context, pages *catalog.Catalog) (http.Handler, error) {
		return web.New(c.config(ctx, p, site, pages, cmp.Or(c.BaseURL, local)))
	}
	if err := site.show(ctx, pages); err != nil {
		return errors.Join(err, listener.Close())
	}
	defer site.reloadOn(ctx, hangups, c.Content != "")()
	server := newServer(site, log)
	fmt.Fprintf(p.stdout, "Tiebreak is at %s/\n", local)
	return serve(ctx, server, listener, func() {
		site.draining.Store(true)
		log.Info("draining")
		time.Sleep(c.DrainDelay)
	})
}

// listen takes the address, with no more connections at once than allowed.
func (c *serveCommand) listen(ctx context.Context) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return nil, err
	}
	listener = leanListener{listener}
	if c.Connections > 0 {
		listener = netutil.LimitListener(listener, c.Connections)
	}
	return listener, nil
}

// servingGC is what GOGC is unless the environment sets it. With Go's own 100
// the program took 81 to 88 MB after many requests, with 75 at most 79 MB, and
// with 60 at most 74, where it computed a tenth fewer new results than with 100.
const servingGC = 60

// builtInGC is the growth in percent that the memory may have between two
// collections while the built-in content is read: with hardly any memory in use
// the program would collect all the time. A folder may hold any amount, so it
// gets folderGC: 200 comparisons were read in 0.89 of the time that servingGC
// takes, with 1.3 times the memory at the peak.
const (
	builtInGC = 400
	folderGC  = 150
)

// read returns the content as it is now.
func (c *serveCommand) read() (*catalog.Catalog, error) {
	files, err := c.files()
	if err != nil {
		return nil, err
	}
	growth := folderGC
	if c.Content == "" {
		growth = builtInGC
	}
	defer debug.SetGCPercent(debug.SetGCPercent(growth))
	pages, err := catalog.Load(files)
	if err != nil {
		return nil, fmt.Errorf("load content: %w", err)
	}
	return pages, nil
}

func (c *serveCommand) config(ctx context.Context, p program, site *site, pages *catalog.Catalog, base string) web.Config {
	return web.Config{
		Catalog:      pages,
		Log:          site.log,
		Now:          p.now,
		BaseURL:      base,
		Contact:      c.Contact,
		Ready:        func() bool { return !site.draining.Load() },
		Fault:        site.fault,
		Limits:       web.Limits{Posts: c.Posts, Costly: c.Costly},
		Proxies:      c.TrustedProxies,
		Posts:        site.posts,
		OwnHostOnly:  c.OwnHostOnly,
		PreloadHTTPS: c.PreloadHTTPS,
		Metrics:      site.counts.requests,
		WarmUntil:    ctx.Done(),
	}
}

func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    16 << 10,
		// Or OPTIONS * would be answered without policies, log and count.
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelWarn),
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
