package web

import (
	"fmt"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics count what is answered, by the pattern of the route: a path may hold
// somebody's answers, and there is no end of paths. One value serves all sites
// of a process, so that counts go on when the content is read again.
type Metrics struct {
	duration *prometheus.HistogramVec
	bytes    *prometheus.CounterVec
	underWay prometheus.Gauge
}

// NewMetrics returns metrics that the registry knows.
func NewMetrics(registry prometheus.Registerer) (*Metrics, error) {
	m := &Metrics{
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "tiebreak_request_duration_seconds",
			Help:    "Time from the headers of a request to the end of its answer.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 30},
		}, []string{"route", "method", "status"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tiebreak_response_bytes_total",
			Help: "Bytes of bodies sent.",
		}, []string{"route"}),
		underWay: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "tiebreak_requests_under_way",
			Help: "Requests being answered now.",
		}),
	}
	for _, c := range []prometheus.Collector{m.duration, m.bytes, m.underWay} {
		if err := registry.Register(c); err != nil {
			return nil, fmt.Errorf("register metrics: %w", err)
		}
	}
	return m, nil
}

// begin and end stand around a request. Without metrics they do nothing.
func (m *Metrics) begin() {
	if m != nil {
		m.underWay.Inc()
	}
}

func (m *Metrics) end(t *tally, bytes int, took time.Duration) {
	if m == nil {
		return
	}
	m.underWay.Dec()
	t.meter.duration.Observe(took.Seconds())
	t.meter.bytes.Add(float64(bytes))
}

// A meter holds the counters of one outcome.
type meter struct {
	duration prometheus.Observer
	bytes    prometheus.Counter
}

func (m *Metrics) meter(o outcome) meter {
	if m == nil {
		return meter{}
	}
	return meter{
		duration: m.duration.WithLabelValues(o.route, o.method, strconv.Itoa(o.status)),
		bytes:    m.bytes.WithLabelValues(o.route),
	}
}
