package score

import "hash/fnv"

// Draws of the robustness run are a function of the model's version, an id and
// the draw's number, nothing else: SCORING.md section 7. So they are laid out
// once per edition, four draws to a row.

const (
	// runDraws is the number of draws of a robustness run.
	runDraws = 16384
	// fine is how many steps of a drawn value make one point.
	fine = 1024
)

// A quad holds one word for each of four draws in a row.
type quad = [4]uint64

// A stream gives the random words keyed by one id.
type stream uint64

func newStream(key string) stream {
	h := fnv.New64a()
	h.Write([]byte(key)) // a hash never returns an error
	return stream(h.Sum64())
}

// at returns the word of draw i.
func (s stream) at(i int) uint64 { return mix(uint64(s) + uint64(i+1)*0x9e3779b97f4a7c15) }

// mix is the finalizer of SplitMix64.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// importanceDraws returns the factors 1, 2 and 4, twice those of halved, kept
// and doubled importance, of all draws for one question: 16 bits for each of
// four draws in a word, the first draw lowest.
func importanceDraws(question string, draws int) []uint64 {
	s := newStream("v1|q|" + question)
	words := make([]uint64, draws/4)
	for i := range draws {
		j := s.at(i) >> 32 * 3 >> 32
		words[i/4] |= 1 << j << (16 * (i % 4))
	}
	return words
}

// ratingDraws returns the drawn values of two options on one criterion, in
// steps of 1/1024 point, the first in the low half of each word. The second
// may be absent.
func ratingDraws(criterion string, pair []option, c, draws int) []quad {
	quads := make([]quad, draws/4)
	for half, o := range pair {
		s := newStream("v1|v|" + o.id + "|" + criterion)
		value, below, above := uint64(o.values[c]), uint64(o.down[c]), uint64(o.up[c])
		for i := range draws {
			z := s.at(i)
			// Without branches, for the coin of z's last bit cannot be
			// predicted: up is all ones where the value is drawn above.
			up := -(z & 1)
			width := below ^ (below^above)&up
			step := width * (z >> 44) >> 10
			x := fine*value + (step ^ ^up - ^up)
			quads[i/4][i%4] |= x << (32 * half)
		}
	}
	return quads
}
