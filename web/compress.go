package web

import (
	"bytes"
	"io"
	"math/bits"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"tiebreak/internal/negotiate"
)

// minCompress is the size under which compressing saves no packet.
const minCompress = 860

// fastLevel is for what is made anew for every request. For result pages it took
// 0.75 of the time of level 3 and gave 1.05 of the bytes: both fill 8 packets.
const fastLevel = 1

// largeBody is the size from which a page made for one request is compressed
// harder, for clients that read Brotli. The table with somebody's answers, 149
// KB, then takes 2.6 ms instead of 0.7 and 27.6 KB instead of 33.7.
const (
	largeBody      = 64 << 10
	largeLevel     = 3
	largeWindowLog = 18
)

// brotliWriters keeps writers of largeLevel.
var brotliWriters = sync.Pool{New: func() any {
	return brotli.NewWriterOptions(io.Discard, brotli.WriterOptions{Quality: largeLevel, LGWin: largeWindowLog})
}}

// quickOffer returns the codings on offer for a body before it is compressed,
// best first.
func quickOffer(body []byte) []string {
	if len(body) < largeBody {
		return quickCodings
	}
	return bestCodings
}

// compressFast compresses a body in one of the codings of [quickOffer].
func compressFast(coding string, body []byte) []byte {
	if coding == negotiate.Brotli {
		return brotliFast(body)
	}
	return gzipFast(body)
}

func brotliFast(body []byte) []byte {
	z := brotliWriters.Get().(*brotli.Writer)
	defer brotliWriters.Put(z)
	var buf bytes.Buffer
	buf.Grow(len(body) / 4)
	z.Reset(&buf)
	compressInto(z, body)
	return buf.Bytes()
}

// A gzipWriter is a writer of fastLevel with what it writes to.
type gzipWriter struct {
	gzip *gzip.Writer
	buf  bytes.Buffer
}

// gzipWriters keeps such writers: each holds tables of some hundred KiB.
var gzipWriters = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(io.Discard, fastLevel)
	if err != nil {
		panic(err) // the level is a constant
	}
	return &gzipWriter{gzip: z}
}}

func gzipFast(body []byte) []byte {
	w := gzipWriters.Get().(*gzipWriter)
	defer gzipWriters.Put(w)
	w.buf.Reset()
	w.gzip.Reset(&w.buf)
	compressInto(w.gzip, body)
	return bytes.Clone(w.buf.Bytes())
}

func gzipBest(body []byte) []byte {
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	compressInto(z, body)
	return buf.Bytes()
}

// brotliMargin is by how many bytes a window is smaller than its power of two.
const brotliMargin = 16

// brotliBest looks back over the whole body and no further: it takes memory by
// how far it could look, 39 MB if it is left to choose.
func brotliBest(body []byte) []byte {
	var buf bytes.Buffer
	window := min(max(bits.Len(uint(len(body)+brotliMargin)), 16), 22)
	compressInto(brotli.NewWriterOptions(&buf, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: window}), body)
	return buf.Bytes()
}

// compressInto writes into memory, where writing cannot fail.
func compressInto(z io.WriteCloser, body []byte) {
	if _, err := z.Write(body); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
}

// compressible reports whether bodies of the type get smaller. Images and
// fonts are compressed by their own formats.
func compressible(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.HasPrefix(kind, "text/") ||
		strings.HasSuffix(kind, "+xml") || strings.HasSuffix(kind, "+json") ||
		kind == "application/json" || kind == "application/xml" || kind == "image/x-icon"
}
