package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// leanServer answers with as many bytes as the path says, in so many pieces, of
// a declared length or not, and dies after so many.
func leanServer(t *testing.T) (url string, body []byte) {
	t.Helper()
	body = make([]byte, 200_000)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range body {
		body[i] = byte(random.Uint32())
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n, pieces, declared, dies int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d/%d/%d/%d", &n, &pieces, &declared, &dies); err != nil {
			t.Error(err)
		}
		if declared > 0 {
			w.Header().Set("Content-Length", strconv.Itoa(n))
		}
		for i := range pieces {
			if dies > 0 && i == dies {
				panic(http.ErrAbortHandler)
			}
			_, _ = w.Write(body[n*i/pieces : n*(i+1)/pieces])
		}
	}))
	server.Listener = leanListener{server.Listener}
	server.Config.ReadTimeout, server.Config.WriteTimeout = 10*time.Second, 10*time.Second
	server.Start()
	t.Cleanup(server.Close)
	return server.URL, body
}

// TestAnswersWhole asks one connection for answers of all sizes around those at
// which pieces end.
func TestAnswersWhole(t *testing.T) {
	t.Parallel()
	url, body := leanServer(t)
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}, Timeout: 20 * time.Second}
	defer client.CloseIdleConnections()
	sizes := []int{0, 1, 511, 512, 513, 2047, 2048, 2049, 7999, 8192, 12_000, 65_536, 200_000}
	for n := 3900; n <= 4200; n++ { // with the header, around one piece
		sizes = append(sizes, n)
	}
	for _, n := range sizes {
		for _, form := range []string{"/1/1/0", "/1/0/0", "/2/1/0", "/7/1/0", "/7/0/0"} {
			for _, method := range []string{"GET", "HEAD"} {
				req, err := http.NewRequest(method, fmt.Sprintf("%s/%d%s", url, n, form), nil)
				if err != nil {
					t.Fatal(err)
				}
				res, err := client.Do(req)
				if err != nil {
					t.Fatalf("%s of %d bytes%s: %v", method, n, form, err)
				}
				got, err := io.ReadAll(res.Body)
				res.Body.Close()
				want := body[:n]
				if method == "HEAD" {
					want = nil
				}
				if err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%s of %d bytes%s = %d bytes, %v; want the same as were written", method, n, form, len(got), err)
				}
			}
		}
	}
}

// TestAnswerWaitsForRest has the handler stop after more than net/http gathers:
// what was written stays here, since net/http's first piece is what leanConn
// takes it for. Without that, each page would cost two system calls again.
func TestAnswerWaitsForRest(t *testing.T) {
	t.Parallel()
	goOn := make(chan struct{})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "10000")
		_, _ = w.Write(make([]byte, pieceSize+1))
		<-goOn
		_, _ = w.Write(make([]byte, 10_000-pieceSize-1))
	}))
	server.Listener = leanListener{server.Listener}
	server.Start()
	t.Cleanup(server.Close)
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	_ = conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	n, err := conn.Read(make([]byte, 1))
	close(goOn)
	if n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("before the rest was written the client read %d bytes, %v; want nothing", n, err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); len(body) != 10_000 || err != nil {
		t.Errorf("the client got %d bytes, %v; want 10000", len(body), err)
	}
}

// TestAnswerCutShort has the handler die after a part of what it declared. The
// client learns that at once, and is not kept waiting for the rest.
func TestAnswerCutShort(t *testing.T) {
	t.Parallel()
	url, _ := leanServer(t)
	for _, path := range []string{"/10000/2/1/1", "/10000/100/1/30", "/10000/100/1/90", "/100000/2/1/1"} {
		res, err := http.Get(url + path)
		if err != nil {
			continue
		}
		got, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err == nil {
			t.Errorf("%s = %d bytes without an error, want one", path, len(got))
		}
	}
}

// TestFirstPieceWaits writes what net/http would: nothing goes out before the
// rest has come, and then all of it does.
func TestFirstPieceWaits(t *testing.T) {
	t.Parallel()
	header := "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
	first := header + strings.Repeat("a", pieceSize-len(header))
	rest := strings.Repeat("b", 5000-(pieceSize-len(header)))
	synctest.Test(t, func(t *testing.T) {
		c, other := leanPair(t)
		if n, err := c.Write([]byte(first)); n != pieceSize || err != nil { // nobody reads
			t.Fatalf("first piece = %d, %v", n, err)
		}
		got := make(chan string, 1)
		go func() {
			whole, _ := io.ReadAll(io.LimitReader(other, int64(len(first)+len(rest))))
			got <- string(whole)
		}()
		if n, err := c.Write([]byte(rest)); n != len(rest) || err != nil {
			t.Errorf("rest = %d, %v; want %d", n, err, len(rest))
		}
		if whole := <-got; whole != first+rest {
			t.Errorf("the client got %d bytes, want the %d written, in their order", len(whole), len(first)+len(rest))
		}

		// The deadline may pass in between.
		_ = c.SetWriteDeadline(time.Now().Add(time.Second))
		if _, err := c.Write([]byte(first)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		if n, err := c.Write([]byte(rest)); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("rest after the deadline = %d, %v; want that it passed", n, err)
		}
	})
}

func TestBeginsAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		piece string // filled up with body
		size  int
		want  bool
	}{
		{"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", pieceSize, true},
		{"HTTP/1.0 404 Not Found\r\nX-A: b\r\nContent-Length: 4096\r\nX-C: d\r\n\r\n", pieceSize, true},
		{"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", pieceSize - 1, false}, // all there is
		{"HTTP/1.1 200 OK\r\nContent-Length: 4055\r\n\r\n", pieceSize, false},     // exactly whole
		{"HTTP/1.1 200 OK\r\nContent-Length: 4056\r\n\r\n", pieceSize, true},      // one byte to come
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nContent-Length: 9000\r\n", pieceSize, false},
		{"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", pieceSize, false},
		{"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", pieceSize, false},
		{"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\nX-Long: ", pieceSize, false}, // header goes on
		{"more of a body\r\nContent-Length: 9000\r\n\r\n", pieceSize, false},
	} {
		p := []byte(c.piece + strings.Repeat("x", c.size-len(c.piece)))
		if got := beginsResponse(p); got != c.want {
			t.Errorf("beginsResponse(%d bytes of %q) = %t, want %t", len(p), c.piece, got, c.want)
		}
	}
	header := "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\nX: "
	only := []byte(header + strings.Repeat("x", pieceSize-len(header)-4) + "\r\n\r\n") // as for HEAD
	if beginsResponse(only) {
		t.Error("a header alone is kept, and nothing may follow")
	}
}
