package score

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
)

// SMAA vectors: the sampling is done here, the counting by Tally.

const (
	smaaDraws = 100_000
	smaaOne   = 1 << 29 // what stands for 1 in drawn weights and values
)

// givenSamples takes draws of one criterion, or of several: a row for each
// draw with a value for each option, or a list of values.
func (v *vector) givenSamples() (results, error) {
	weights, err := rats(v.Weights)
	if err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	var draws [][]json.RawMessage
	if err := json.Unmarshal(v.Matrix, &draws); err != nil {
		return nil, fmt.Errorf("matrix: %w", err)
	}
	var p problem
	tally := NewTally(len(draws[0]), len(weights))
	for _, draw := range draws {
		values := make([][]*big.Rat, len(draw))
		for o, raw := range draw {
			row, err := rats(raw)
			if err != nil { // one number for all criteria
				one, err := rats(json.RawMessage("[" + string(raw) + "]"))
				if err != nil {
					return nil, err
				}
				row = slices.Repeat(one, len(weights))
			}
			for c, x := range row {
				if row[c] = x; v.falls(c) {
					row[c] = new(big.Rat).Neg(x)
				}
			}
			values[o] = row
		}
		p = newProblem(weights, values)
		tally.Add(p.totals(), p.weights)
	}
	one, _ := p.weightOne.Float64()
	return tallied(tally, one), nil
}

// tallied gives all that a tally says. A central weight is absent, and not 0,
// where an option never comes first.
func tallied(t *Tally, weightOne float64) results {
	n := float64(t.Draws)
	shares := func(counts []int64) []any {
		var out []any
		for _, c := range counts {
			out = append(out, float64(c)/n)
		}
		return out
	}
	each := func(f func(o int) any) []any {
		var out []any
		for o := range t.Credits {
			out = append(out, f(o))
		}
		return out
	}
	central := func(o int) any {
		weights := t.CentralWeights(o)
		if weights == nil {
			return nil
		}
		var out []any
		for _, w := range weights {
			out = append(out, float64(w.Num)/float64(w.Den)/weightOne)
		}
		return out
	}
	return func(key string) (any, error) {
		switch key {
		case "rank_acceptability", "rank_acceptabilities":
			return each(func(o int) any { return shares(t.Ranks[o]) }), nil
		case "first_rank", "first_rank_acceptability":
			return each(func(o int) any { return float64(t.Ranks[o][0]) / n }), nil
		case "pairwise_winning_index", "pairwise_winning_indices":
			return each(func(o int) any { return shares(t.Wins[o]) }), nil
		case "central_weights":
			return each(central), nil
		case "shares":
			return each(func(o int) any { return float64(t.Credits[o]) / float64(t.Unit) / n }), nil
		}
		if m := weightKey.FindStringSubmatch(key); m != nil {
			return central(numbers(m)[1]), nil
		}
		return nil, errNoKey
	}
}

// A sampler draws weights that add up to about 1, and values by option and
// criterion.
type sampler struct {
	rng       *rand.Rand
	fixed     []float64
	order     []int // criteria from most to least important, nil if free
	cells     [][][]float64
	kind      string
	functions []func(x float64) float64
}

// smaa reads the variant off its name: uniform, ordinal or fixed weights;
// beta, normal, uniform or exact cells.
func (v *vector) smaa() (results, error) {
	s := &sampler{rng: rand.New(rand.NewPCG(2, 7))}
	if err := s.readCells(v); err != nil {
		return nil, err
	}
	criteria := len(s.cells[0])
	switch {
	case strings.Contains(v.Method, "fixed_weights") || strings.Contains(v.Method, "exact_weights"):
		if err := json.Unmarshal(v.Weights, &s.fixed); err != nil || len(s.fixed) != criteria {
			return nil, fmt.Errorf("weights %s for %d criteria: %v", v.Weights, criteria, err)
		}
		total := 0.0
		for _, w := range s.fixed {
			total += w
		}
		for c := range s.fixed {
			s.fixed[c] /= total
		}
	case strings.Contains(v.Method, "ordinal"):
		if err := errors.Join(json.Unmarshal(v.Params["order"], &s.order)); err != nil {
			return nil, fmt.Errorf("params.order, criteria from most to least important: %w", err)
		}
	case !strings.Contains(v.Method, "uniform_weights"):
		return nil, fmt.Errorf("unknown method %q: an SMAA method names uniform_weights, ordinal_weights or fixed_weights", v.Method)
	}
	if err := s.readFunctions(v, criteria); err != nil {
		return nil, err
	}
	tally := s.run(s.fixed)
	base := tallied(tally, smaaOne)
	return func(key string) (any, error) {
		if key == "confidence_factor" || key == "confidence_factors" {
			return s.confidence(tally), nil
		}
		return base(key)
	}, nil
}

func (s *sampler) readCells(v *vector) error {
	for _, kind := range []string{"beta", "normal", "uniform", "exact"} {
		if strings.Contains(v.Method, kind+"_cells") {
			s.kind = kind
		}
	}
	if s.kind == "exact" {
		var cells [][]float64
		if err := json.Unmarshal(v.Matrix, &cells); err != nil {
			return fmt.Errorf("matrix: %w", err)
		}
		for _, row := range cells {
			var lists [][]float64
			for _, x := range row {
				lists = append(lists, []float64{x})
			}
			s.cells = append(s.cells, lists)
		}
		return nil
	}
	if s.kind == "" {
		return fmt.Errorf("unknown method %q: an SMAA method names beta_cells, normal_cells, uniform_cells or exact_cells", v.Method)
	}
	if err := json.Unmarshal(v.Matrix, &s.cells); err != nil {
		return fmt.Errorf("matrix of two numbers for each cell: %w", err)
	}
	return nil
}

// readFunctions makes linear value functions of anchors; without any, cells
// are values, the smaller the better where the direction is min.
func (s *sampler) readFunctions(v *vector, criteria int) error {
	anchors := make([][]float64, criteria)
	if raw, ok := v.Params["anchors_worst_best"]; ok {
		var nested [][][]float64
		if json.Unmarshal(raw, &nested) == nil && len(nested) == 1 {
			anchors = nested[0]
		} else if err := json.Unmarshal(raw, &anchors); err != nil {
			return fmt.Errorf("anchors: %w", err)
		}
	} else {
		for c := range anchors {
			if anchors[c] = []float64{0, 1}; v.falls(c) {
				anchors[c] = []float64{1, 0}
			}
		}
	}
	if len(anchors) != criteria {
		return fmt.Errorf("%d anchors for %d criteria", len(anchors), criteria)
	}
	for _, a := range anchors {
		s.functions = append(s.functions, func(x float64) float64 { return (x - a[0]) / (a[1] - a[0]) })
	}
	return nil
}

func (s *sampler) run(fixed []float64) *Tally {
	criteria := len(s.functions)
	t := NewTally(len(s.cells), criteria)
	weights := make([]int64, criteria)
	values := square(len(s.cells), criteria)
	for range smaaDraws {
		drawn := fixed
		if fixed == nil {
			drawn = s.weights(criteria)
		}
		for c, w := range drawn {
			weights[c] = int64(math.Round(w * smaaOne))
			for o := range s.cells {
				values[o][c] = int64(math.Round(s.functions[c](s.cell(s.cells[o][c])) * smaaOne))
			}
		}
		t.Add(Totals(weights, values), weights)
	}
	return t
}

// weights draws uniformly from the simplex, sorted if there is an order.
func (s *sampler) weights(n int) []float64 {
	w := make([]float64, n)
	total := 0.0
	for c := range w {
		w[c] = s.rng.ExpFloat64()
		total += w[c]
	}
	for c := range w {
		w[c] /= total
	}
	if s.order == nil {
		return w
	}
	slices.Sort(w)
	slices.Reverse(w)
	ordered := make([]float64, n)
	for i, c := range s.order {
		ordered[c] = w[i]
	}
	return ordered
}

func (s *sampler) cell(p []float64) float64 {
	switch s.kind {
	case "beta":
		a, b := s.gamma(p[0]), s.gamma(p[1])
		return a / (a + b)
	case "normal":
		return p[0] + p[1]*s.rng.NormFloat64()
	case "uniform":
		return p[0] + (p[1]-p[0])*s.rng.Float64()
	}
	return p[0]
}

// gamma draws by the method of Marsaglia and Tsang (2000).
func (s *sampler) gamma(shape float64) float64 {
	if shape < 1 {
		return s.gamma(shape+1) * math.Pow(s.rng.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.rng.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(s.rng.Float64()) < x*x/2+d*(1-v+math.Log(v)) {
			return d * v
		}
	}
}

// confidence gives the share of draws an option wins with its own central
// weights.
func (s *sampler) confidence(t *Tally) []any {
	var out []any
	for o := range t.Credits {
		central := t.CentralWeights(o)
		if central == nil {
			out = append(out, nil)
			continue
		}
		weights := make([]float64, len(central))
		for c, w := range central {
			weights[c] = float64(w.Num) / float64(w.Den) / smaaOne
		}
		out = append(out, float64(s.run(weights).Ranks[o][0])/smaaDraws)
	}
	return out
}
