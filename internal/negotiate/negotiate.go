// Package negotiate chooses which of the forms of an answer a client gets: the
// content coding it reads best, and none at all if it has the answer already.
package negotiate

import (
	"strconv"
	"strings"
)

// The codings we can give, by their names in HTTP.
const (
	Brotli = "br"
	Gzip   = "gzip"
)

// Coding picks the coding the client gives the highest weight among those on
// offer, which are [Brotli] and [Gzip], listed best first; "" is the plain body.
// The lines are those of Accept-Encoding (RFC 9110, section 12.5.3). A coding
// that is not listed, or listed with weight 0, is never chosen. A client that
// refuses everything gets the plain body, which every client can read.
func Coding(lines, offer []string) string {
	weights := acceptWeights(lines)
	best, bestWeight := "", weights.of("identity")
	for _, coding := range offer {
		// A coding wins against a plain body that is just as welcome; of equal
		// codings the first wins.
		weight := weights.of(coding)
		if weight > bestWeight || weight > 0 && weight == bestWeight && best == "" {
			best, bestWeight = coding, weight
		}
	}
	return best
}

// codingWeights are the weights of an Accept-Encoding header in thousandths,
// -1 for what it does not mention. Codings we cannot give are left out, so that
// reading the header of every request makes nothing new.
type codingWeights struct{ brotli, gzip, identity, others int }

// at returns where the weight of a coding is kept, nil for one we cannot give.
func (w *codingWeights) at(coding string) *int {
	switch coding { // as browsers write them; others take longer
	case Brotli:
		return &w.brotli
	case Gzip:
		return &w.gzip
	case "deflate", "zstd":
		return nil
	}
	switch {
	case strings.EqualFold(coding, Brotli):
		return &w.brotli
	case strings.EqualFold(coding, Gzip), strings.EqualFold(coding, "x-gzip"):
		return &w.gzip
	case strings.EqualFold(coding, "identity"):
		return &w.identity
	case coding == "*":
		return &w.others
	}
	return nil
}

func (w *codingWeights) of(coding string) int {
	if weight := *w.at(coding); weight >= 0 {
		return weight
	}
	if coding == "identity" {
		return 1 // not mentioned: acceptable, but the last to be chosen
	}
	return max(0, w.others)
}

func acceptWeights(lines []string) codingWeights {
	weights := codingWeights{-1, -1, -1, -1}
	for _, line := range lines {
		for part := range strings.SplitSeq(line, ",") {
			name, params, _ := strings.Cut(part, ";")
			if at := weights.at(strings.TrimSpace(name)); at != nil {
				*at = weight(params)
			}
		}
	}
	return weights
}

// weight reads "q=0.5" as 500. What cannot be read is 0: an unclear wish for a
// coding is no reason to send it.
func weight(params string) int {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1000
	}
	key, value, _ := strings.Cut(params, "=")
	if !strings.EqualFold(strings.TrimSpace(key), "q") {
		return 0
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return int(q * 1000)
}
