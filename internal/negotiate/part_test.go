package negotiate

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestPart(t *testing.T) {
	t.Parallel()
	const size, tag = 1000, `"a"`
	for _, tt := range []struct {
		asked    string
		from, to int // to 0 for the whole body
	}{
		{"bytes=0-99", 0, 100},
		{"bytes=0-0", 0, 1},
		{"bytes=999-", 999, 1000},
		{"bytes=100-5000", 100, 1000},
		{"bytes=-5", 995, 1000},
		{"bytes=-5000", 0, 1000},
		{"bytes=1000-", 0, 0},
		{"bytes=9-1", 0, 0},
		{"bytes=-0", 0, 0},
		{"bytes=-", 0, 0},
		{"bytes=", 0, 0},
		{"bytes=0-1,3-4", 0, 0},
		{"bytes=+1-2", 0, 0},
		{"bytes=1-99999999999999999999", 0, 0},
		{"lines=1-2", 0, 0},
		{"", 0, 0},
	} {
		from, to, ok := Part([]string{tt.asked}, nil, tag, size)
		if ok != (tt.to > 0) || ok && (from != tt.from || to != tt.to) {
			t.Errorf("Part(%q) = %d, %d, %v; want %d, %d", tt.asked, from, to, ok, tt.from, tt.to)
		}
	}
	for _, lines := range [][]string{{`"b"`}, {`W/"a"`}, {`"a"`, `"a"`}, {"Mon, 01 Jan 2001 00:00:00 GMT"}, {""}} {
		if _, _, ok := Part([]string{"bytes=0-1"}, lines, tag, size); ok {
			t.Errorf("a part of %s for those who have %q", tag, lines)
		}
	}
	if _, _, ok := Part([]string{"bytes=0-1"}, []string{tag}, tag, size); !ok {
		t.Error("no part for who has the rest")
	}
	if _, _, ok := Part([]string{"bytes=0-1", "bytes=0-1"}, nil, tag, size); ok {
		t.Error("a part for two headers")
	}
	if _, _, ok := Part([]string{"bytes=0-1"}, nil, tag, 0); ok {
		t.Error("a part of nothing")
	}
}

// FuzzPart reads any header: where it finds a part, net/http finds the same.
func FuzzPart(f *testing.F) {
	for _, seed := range []string{"bytes=0-99", "bytes=-1", "bytes=5-", "bytes=1-2,3-4", "bytes= 1-2", "bytes=-", "bytes=\x001-2", "bytes=٣-٤", "items=0-1"} {
		f.Add(seed, 10)
	}
	f.Fuzz(func(t *testing.T, asked string, size int) {
		size = max(0, size%1000)
		from, to, ok := Part([]string{asked}, nil, `"a"`, size)
		if !ok {
			return
		}
		if from < 0 || from >= to || to > size {
			t.Fatalf("Part(%q) of %d bytes = %d, %d", asked, size, from, to)
		}
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.Header.Set("Range", asked)
		w := httptest.NewRecorder()
		http.ServeContent(w, r, "a.txt", time.Time{}, strings.NewReader(strings.Repeat("x", size)))
		if want := fmt.Sprintf("bytes %d-%d/%d", from, to-1, size); w.Header().Get("Content-Range") != want {
			t.Errorf("Part(%q) is %s, but net/http has %d %s", asked, want, w.Code, w.Header().Get("Content-Range"))
		}
	})
}
