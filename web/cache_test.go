package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"

	"tiebreak/templates"
)

// A crowd asks for answers that are made as slowly as the test wants.
type crowd struct {
	dispatcher dispatcher
	making     chan string // names of answers, when their making begins
	release    chan struct{}
}

// ask asks for the answer with the name.
func (m *crowd) ask(ctx context.Context, name string) (string, error) {
	p, err := m.dispatcher.limited(ctx, func() (*prepared, error) {
		return m.dispatcher.cache.fill(cacheKey{code: name}, func() (response, error) {
			m.making <- name
			<-m.release
			return m.dispatcher.newResponse(http.StatusOK, typeHTML, []byte(name)), nil
		})
	})
	if err != nil {
		return "", err
	}
	return string(p.plain.body), nil
}

// crowdOfResults returns a site on which as many answers are being made as may.
func crowdOfResults(t *testing.T, c Config) *crowd {
	t.Helper()
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	get(s.handler(s.routes), templates.HomePath) // is kept
	m := &crowd{dispatcher: dispatcher{s, s.rendering}, making: make(chan string, 100), release: make(chan struct{})}
	for i := range cap(s.rendering) {
		go m.ask(t.Context(), strconv.Itoa(i))
	}
	synctest.Wait()
	for range cap(s.rendering) {
		<-m.making
	}
	return m
}

// TestResultsInTurn has as many results made as there are processors. More
// readers wait, and are served as they came.
func TestResultsInTurn(t *testing.T) {
	c := testConfig(t)
	synctest.Test(t, func(t *testing.T) {
		m := crowdOfResults(t, c)
		names := []string{"a", "b", "c", "d", "e"}
		for _, name := range names {
			go func() {
				if body, err := m.ask(t.Context(), name); body != name || err != nil {
					t.Errorf("asked for %s and got %q, %v", name, body, err)
				}
			}()
			synctest.Wait()
		}
		if got := get(m.dispatcher.handler(m.dispatcher.routes), templates.HomePath).StatusCode; got != http.StatusOK || len(m.making) > 0 {
			t.Errorf("page beside the crowd = %d with %d more being made, want 200 and none", got, len(m.making))
		}
		var order []string
		for range names {
			m.release <- struct{}{}
			synctest.Wait()
			if len(m.making) != 1 {
				t.Fatalf("%d answers begun after one was made, want 1", len(m.making))
			}
			order = append(order, <-m.making)
		}
		if !slices.Equal(order, names) {
			t.Errorf("made in the order %q, want %q", order, names)
		}
		close(m.release)
	})
}

// TestResultsLeft leaves while waiting, is given what somebody else made
// meanwhile, and panics in its turn: every turn is given back.
func TestResultsLeft(t *testing.T) {
	c := testConfig(t)
	synctest.Test(t, func(t *testing.T) {
		m := crowdOfResults(t, c)
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan error)
		go func() {
			_, err := m.ask(ctx, "left")
			left <- err
		}()
		kept := make(chan string)
		go func() {
			body, _ := m.ask(t.Context(), "kept")
			kept <- body
		}()
		synctest.Wait()
		cancel()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("who left while waiting got %v", err)
		}
		m.dispatcher.cache.kept.Add(cacheKey{code: "kept"}, prepare(m.dispatcher.newResponse(http.StatusOK, typeHTML, []byte("made before"))))
		m.release <- struct{}{}
		if got := <-kept; got != "made before" || len(m.making) != 0 {
			t.Errorf("got %q, %d made anew; want what was kept", got, len(m.making))
		}
		close(m.release)
		synctest.Wait()
		for range 2 * cap(m.dispatcher.rendering) {
			func() {
				defer func() { _ = recover() }()
				_, _ = m.dispatcher.limited(t.Context(), func() (*prepared, error) { panic("in its turn") })
			}()
		}
		if n := len(m.dispatcher.rendering); n != 0 {
			t.Errorf("%d turns were not given back", n)
		}
	})
}

// TestSlowReaderHoldsNoTurn sends answers to readers who do not take them.
func TestSlowReaderHoldsNoTurn(t *testing.T) {
	c := testConfig(t)
	one := c.Catalog.All()[0]
	code := func(seed uint64) string { return randomAnswers(one.Current(), seed).Code() }
	for name, path := range map[string]func(seed uint64) string{
		"result": func(seed uint64) string { return templates.ResultCodePath(one, code(seed)) },
		"card":   func(seed uint64) string { return templates.ResultCodePath(one, code(seed)) + ".svg" },
		"table":  func(seed uint64) string { return templates.TableWithPath(one, code(seed), "", 0) },
		"together": func(seed uint64) string {
			return templates.TogetherPath(one, []string{code(seed), code(seed + 50)}, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, err := newServer(c)
				if err != nil {
					t.Fatal(err)
				}
				h, stuck := s.handler(s.routes), make(chan struct{})
				slow := 1 + max(cap(s.rendering), cap(s.costly.working))
				for seed := range uint64(slow) {
					go h.ServeHTTP(&stuckWriter{httptest.NewRecorder(), stuck}, request("GET", path(seed), ""))
				}
				synctest.Wait()
				if res := get(h, path(49)); res.StatusCode != http.StatusOK {
					t.Errorf("beside %d slow readers a %s = %d, want 200", slow, name, res.StatusCode)
				}
				close(stuck)
			})
		})
	}
}

// A stuckWriter takes nothing until the channel is closed.
type stuckWriter struct {
	*httptest.ResponseRecorder
	until chan struct{}
}

// Write implements http.ResponseWriter.
func (w *stuckWriter) Write(b []byte) (int, error) {
	<-w.until
	return w.ResponseRecorder.Write(b)
}
