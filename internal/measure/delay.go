package measure

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	shortEvery = 5 * time.Millisecond   // a short request, 200 a second
	longEvery  = time.Second            // a long computation
	tooLate    = 100 * time.Millisecond // when a short request is late
)

// readDelay sends short requests on time, whatever becomes of those before,
// beside long computations. Connections that wait for an answer before they ask
// again would hide what they wait for.
func (b *bench) readDelay(p *process, quick bool) (sample, error) {
	port, _, err := p.listening()
	if err != nil {
		return sample{}, err
	}
	answer, err := get(p.ctx, port, "/compute")
	if err != nil || quick {
		return sample{answer: answer}, err
	}
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	pool := &pool{port: port}
	defer pool.close()
	l := &openLoad{now: b.r.cfg.Now, pool: pool, stop: cancel, answer: answer}
	begin := b.r.cfg.Now()
	measured := begin.Add(b.r.timing.warm)
	total := b.r.timing.warm + b.r.timing.late
	var wg sync.WaitGroup
	wg.Go(func() { l.send(ctx, request("/"), begin, total, shortEvery, measured, l.short) })
	// Half a step later, so that it is not a matter of luck which comes first.
	wg.Go(func() { l.send(ctx, request("/compute"), begin.Add(shortEvery/2), total, longEvery, measured, l.long) })
	wg.Wait()
	l.sent.Wait()
	if l.err != nil {
		return sample{}, l.err
	}
	if err := ctx.Err(); err != nil {
		return sample{}, err
	}
	use, err := b.r.proc.group(p.pid())
	if err != nil {
		return sample{}, err
	}
	late := 0
	for _, d := range l.delays {
		if d >= tooLate {
			late++
		}
	}
	values := map[string]float64{
		"late": 100 * float64(late) / float64(len(l.delays)),
		"p99":  milliseconds(percentile99(l.delays)),
	}
	return sample{answer: answer, values: values, used: use.time}, nil
}

// An openLoad sends requests when they are due.
type openLoad struct {
	now    func() time.Time
	pool   *pool
	answer string
	stop   func() // called at the first error

	sent   sync.WaitGroup // requests without an answer yet
	mu     sync.Mutex
	delays []time.Duration // of short requests, from when each was due
	err    error           // the first
}

// send sends a request at every step until the load is over, each on a free
// connection. done is told the delay of those due from measured on.
func (l *openLoad) send(
	ctx context.Context, question []byte, begin time.Time, total, step time.Duration, measured time.Time,
	done func(body []byte, delay time.Duration, counts bool) error,
) {
	for after := time.Duration(0); after < total; after += step {
		due := begin.Add(after)
		if sleep(ctx, due.Sub(l.now())) != nil {
			return
		}
		l.sent.Go(func() {
			body, err := l.pool.exchange(ctx, question)
			delay := l.now().Sub(due)
			l.mu.Lock()
			defer l.mu.Unlock()
			if err == nil {
				err = done(body, delay, !due.Before(measured))
			}
			if err != nil && l.err == nil {
				l.err = err
				l.stop()
			}
		})
	}
}

// short notes the delay of a short request.
func (l *openLoad) short(_ []byte, delay time.Duration, counts bool) error {
	if counts {
		l.delays = append(l.delays, delay)
	}
	return nil
}

// long compares what a computation found with what it found first.
func (l *openLoad) long(body []byte, _ time.Duration, _ bool) error {
	if string(body) != l.answer {
		return fmt.Errorf("the server answers %q after %q", shorten(string(body), 60), shorten(l.answer, 60))
	}
	return nil
}

// A pool holds connections to a server, as many as are needed at a time.
type pool struct {
	port int
	mu   sync.Mutex
	free []*connection
}

// exchange asks on a free connection, or on a new one. The answer is valid
// after other exchanges too.
func (p *pool) exchange(ctx context.Context, question []byte) ([]byte, error) {
	c := p.take()
	if c == nil {
		var err error
		if c, err = dial(ctx, p.port); err != nil {
			return nil, err
		}
	}
	body, err := c.exchange(question)
	if err != nil {
		return nil, errors.Join(err, c.conn.Close())
	}
	body = append([]byte{}, body...)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, c)
	return body, nil
}

// take returns the connection that became free last, nil if there is none.
func (p *pool) take() *connection {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.free) == 0 {
		return nil
	}
	c := p.free[len(p.free)-1]
	p.free = p.free[:len(p.free)-1]
	return c
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.free {
		c.conn.Close()
	}
}
