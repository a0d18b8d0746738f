package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"regexp"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tiebreak/web"
)

// profileTimeout is how long a profile may take.
const profileTimeout = 5 * time.Minute

// counts are shown to those who run the site, at an address of their own. The
// zero value counts nothing and is not shown.
type counts struct {
	requests *web.Metrics
	readings *prometheus.CounterVec
	last     prometheus.Gauge
	server   *http.Server
	done     chan struct{}
}

// newCounts starts counting and shows the counts at the address, if there is one.
func newCounts(ctx context.Context, addr string, log *slog.Logger) (*counts, error) {
	c := &counts{}
	if addr == "" {
		return c, nil
	}
	registry := prometheus.NewRegistry()
	if err := c.register(registry); err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	mux.HandleFunc("GET /debug/pprof/", inTime(pprof.Index))
	mux.HandleFunc("GET /debug/pprof/profile", inTime(pprof.Profile))
	c.server, c.done = newServer(mux, log), make(chan struct{})
	c.server.WriteTimeout = profileTimeout
	go func() {
		defer close(c.done)
		if err := c.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are no longer shown", "error", err.Error())
		}
	}()
	log.Info("metrics", "url", localURL(addr, listener.Addr())+"/metrics")
	return c, nil
}

// inTime refuses what would take too long: pprof moves the deadline of its
// response.
func inTime(profile http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if seconds := r.FormValue("seconds"); seconds != "" {
			n, err := strconv.Atoi(seconds)
			if err != nil || n < 1 || time.Duration(n)*time.Second > profileTimeout {
				http.Error(w, fmt.Sprintf("seconds is a number from 1 to %d", int(profileTimeout.Seconds())), http.StatusBadRequest)
				return
			}
		}
		profile(w, r)
	}
}

func (c *counts) register(registry *prometheus.Registry) error {
	c.readings = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "tiebreak_content_readings_total",
		Help: "How often the content was read, by result: good, or bad, which changes nothing.",
	}, []string{"result"})
	c.last = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "tiebreak_content_read_timestamp_seconds",
		Help: "When the content that is served was read.",
	})
	// What survives a collection is the only measure of memory that can be
	// compared between two moments.
	live := collectors.GoRuntimeMetricsRule{Matcher: regexp.MustCompile(`^/gc/heap/live:bytes$`)}
	for _, collector := range []prometheus.Collector{
		c.readings, c.last,
		collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(live)),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewBuildInfoCollector(),
	} {
		if err := registry.Register(collector); err != nil {
			return err
		}
	}
	var err error
	c.requests, err = web.NewMetrics(registry)
	return err
}

// read counts a reading of the content.
func (c *counts) read(good bool) {
	switch {
	case c.readings == nil:
	case good:
		c.readings.WithLabelValues("good").Inc()
		c.last.Set(float64(time.Now().Unix()))
	default:
		c.readings.WithLabelValues("bad").Inc()
	}
}

// close stops showing the counts. It comes after the draining, which can so be
// watched.
func (c *counts) close() {
	if c.server == nil {
		return
	}
	// Nobody is hurt by a cut response here.
	_ = c.server.Close()
	<-c.done
}
