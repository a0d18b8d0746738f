package score

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tiebreak/internal/compare"
)

// vectorsFile runs published test vectors other than those kept in testdata:
//
//	go test ./internal/score -run Vectors -v -vectors file.json
//
// prints a line for each, pass or fail. (Without -v, go test shows them only
// if one fails.)
var vectorsFile = flag.String("vectors", "testdata/vectors.json", "file of test `vectors` to run")

// A vector is one case of SCORING.md section 14: an input, and what a
// published source says comes of it.
type vector struct {
	ID         string                     `json:"id"`
	Source     string                     `json:"source"`
	Method     string                     `json:"method"`
	Matrix     json.RawMessage            `json:"matrix"`
	Weights    json.RawMessage            `json:"weights"`
	Directions []string                   `json:"criteria_directions"`
	Expected   map[string]json.RawMessage `json:"expected"`
	Tolerance  json.RawMessage            `json:"tolerance"`
	Note       string                     `json:"note"`
	Params     map[string]json.RawMessage `json:"params"`
}

// results returns what our functions make of a vector, by expected key.
type results func(key string) (any, error)

// errNoKey says that a method gives nothing under an expected key.
var errNoKey = errors.New("this method has no result of that name")

func TestVectors(t *testing.T) {
	file := *vectorsFile
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) && !filepath.IsAbs(file) {
		// The test runs in its package's folder, the caller in the module's.
		file = filepath.Join("..", "..", file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if len(vectors) == 0 {
		t.Errorf("%s holds no vectors", file)
	}
	for _, v := range vectors {
		problems := v.run()
		for _, p := range problems {
			t.Errorf("%s: %s", v.ID, p)
		}
		word := "pass"
		if len(problems) > 0 {
			word = "fail"
		}
		fmt.Printf("%s  %-36s %s\n", word, v.ID, v.Method)
	}
}

// run returns what is wrong with a vector's results.
func (v *vector) run() (problems []string) {
	defer func() {
		if r := recover(); r != nil {
			problems = append(problems, fmt.Sprintf("panic: %v", r))
		}
	}()
	compute, err := v.method()
	if err != nil {
		return []string{err.Error()}
	}
	if len(v.Expected) == 0 {
		return []string{"expects nothing"}
	}
	for key, raw := range v.Expected {
		got, err := compute(key)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", key, err))
			continue
		}
		tolerance, err := v.tolerance(key)
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		var want any
		if err := json.Unmarshal(raw, &want); err != nil {
			problems = append(problems, err.Error())
			continue
		}
		problems = append(problems, differences(key, want, got, tolerance)...)
	}
	slices.Sort(problems)
	return problems
}

// tolerance is one number for all keys, or one for each.
func (v *vector) tolerance(key string) (float64, error) {
	if len(v.Tolerance) == 0 {
		return 0, nil
	}
	var one float64
	if json.Unmarshal(v.Tolerance, &one) == nil {
		return one, nil
	}
	var each map[string]float64
	if err := json.Unmarshal(v.Tolerance, &each); err != nil {
		return 0, fmt.Errorf("tolerance: %w", err)
	}
	return each[key], nil
}

// differences compares nested lists of numbers, truths and nothings. Whole
// results, such as ranks, are compared exactly.
func differences(at string, want, got any, tolerance float64) []string {
	// A fraction is written as text.
	if text, ok := want.(string); ok {
		if r, ok := new(big.Rat).SetString(text); ok {
			want, _ = r.Float64()
		}
	}
	differ := func() []string { return []string{fmt.Sprintf("%s = %s, want %v", at, show(got), want)} }
	switch got := got.(type) {
	case nil:
		if want != nil {
			return differ()
		}
	case bool:
		if want != got {
			return differ()
		}
	case int:
		if w, ok := want.(float64); !ok || w != float64(got) {
			return differ()
		}
	case *big.Rat:
		f, _ := got.Float64()
		return differences(at, want, f, tolerance)
	case float64:
		if w, ok := want.(float64); !ok || math.IsNaN(got) || math.Abs(got-w) > tolerance {
			return differ()
		}
	case []any:
		w, ok := want.([]any)
		if !ok || len(w) != len(got) {
			return differ()
		}
		var problems []string
		for i := range got {
			problems = append(problems, differences(fmt.Sprintf("%s[%d]", at, i), w[i], got[i], tolerance)...)
		}
		return problems
	default:
		return []string{fmt.Sprintf("%s: result of type %T", at, got)}
	}
	return nil
}

func show(x any) string {
	if r, ok := x.(*big.Rat); ok {
		return r.FloatString(12)
	}
	return fmt.Sprint(x)
}

// anyList makes a result of a list.
func anyList[T any](list []T) []any {
	out := make([]any, len(list))
	for i, x := range list {
		switch x := any(x).(type) {
		case []int:
			out[i] = anyList(x)
		case []bool:
			out[i] = anyList(x)
		case []float64:
			out[i] = anyList(x)
		case []*big.Rat:
			out[i] = anyList(x)
		default:
			out[i] = x
		}
	}
	return out
}

// method finds the method that a vector names. SMAA variants are told by the
// words of their names.
func (v *vector) method() (results, error) {
	methods := map[string]func() (results, error){
		"weighted_sum":                             v.weightedSum,
		"weighted_sum_ranks":                       v.weightedSum,
		"additive_value":                           v.additive,
		"additive_value_fixed_anchors":             v.additive,
		"piecewise_linear_value_then_weighted_sum": v.additive,
		"linear_value_then_weighted_sum":           v.additive,
		"piecewise_linear_value":                   v.valueFunction,
		"piecewise_linear_value_cases":             v.valueCases,
		"rank_order_centroid":                      v.rankWeights(rankOrderCentroid),
		"rank_sum":                                 v.rankWeights(rankSum),
		"rank_reciprocal":                          v.rankWeights(rankReciprocal),
		"normalise_weights":                        v.normalised,
		"normalize_weights":                        v.normalised,
		"weighted_mean":                            v.weightedMean,
		"weighted_mean_distance":                   v.weightedMean,
		"dominance":                                v.dominance,
		"ranks":                                    v.ranks,
		"competition_ranks":                        v.ranks,
		"weight_stability_intervals":               v.stability,
		"weight_stability":                         v.stability,
		"weight_stability_interval":                v.stability,
		"stability":                                v.stability,
		"sensitivity_most_critical_criterion":      v.stability,
		"weight_sensitivity":                       v.stability,
		"flip_distance":                            v.flipDistance,
		"whole_space_share":                        v.wholeSpace,
		"exact_pair":                               v.exactPair,
		"smaa_from_given_samples_pairwise":         v.givenSamples,
		"smaa_from_given_samples":                  v.givenSamples,
		"crockford_base32_decode":                  v.crockford,
	}
	if m, ok := methods[v.Method]; ok {
		return m()
	}
	if strings.HasPrefix(v.Method, "smaa") {
		return v.smaa()
	}
	var known []string
	for name := range methods {
		known = append(known, name)
	}
	slices.Sort(known)
	return nil, fmt.Errorf("unknown method %q; known are smaa..., %s", v.Method, strings.Join(known, ", "))
}

// Numbers: vectors hold decimals, our functions take integers. decimals are
// read exactly and scaled by a common factor.

func rats(raw json.RawMessage) ([]*big.Rat, error) {
	var list []json.Number
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, err
	}
	return parseAll(list)
}

func ratRows(raw json.RawMessage) ([][]*big.Rat, error) {
	var rows [][]json.Number
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, err
	}
	out := make([][]*big.Rat, len(rows))
	for i, row := range rows {
		var err error
		if out[i], err = parseAll(row); err != nil {
			return nil, err
		}
		if len(row) != len(rows[0]) {
			return nil, fmt.Errorf("row %d has %d numbers, row 0 has %d", i, len(row), len(rows[0]))
		}
	}
	return out, nil
}

func parseAll(list []json.Number) ([]*big.Rat, error) {
	out := make([]*big.Rat, len(list))
	for i, n := range list {
		r, ok := new(big.Rat).SetString(n.String())
		if !ok {
			return nil, fmt.Errorf("%q is not a number", n)
		}
		out[i] = r
	}
	return out, nil
}

// limit leaves room for products of two scaled numbers and for sums of them.
const limit = 1 << 29

// scaled returns the numbers times a common factor, as integers, and the
// factor. Where the least common denominator makes them too large they are
// rounded to nine digits.
func scaled(numbers []*big.Rat, most int64) ([]int64, *big.Rat) {
	factor := big.NewInt(1)
	largest := new(big.Rat)
	for _, x := range numbers {
		g := new(big.Int).GCD(nil, nil, factor, x.Denom())
		factor.Mul(factor, new(big.Int).Quo(x.Denom(), g))
		if size := new(big.Rat).Abs(x); size.Cmp(largest) > 0 {
			largest = size
		}
	}
	scale := new(big.Rat).SetInt(factor)
	bound := big.NewRat(most, 1)
	if new(big.Rat).Mul(largest, scale).Cmp(bound) > 0 {
		scale.Quo(bound, largest)
		if whole := new(big.Int).Quo(scale.Num(), scale.Denom()); whole.Sign() > 0 {
			scale.SetInt(whole)
		}
	}
	out := make([]int64, len(numbers))
	for i, x := range numbers {
		out[i] = roundHalfUp(new(big.Rat).Mul(x, scale))
	}
	return out, scale
}

// A problem is a weighted sum in integers.
type problem struct {
	weights   []int64
	values    [][]int64
	weightOne *big.Rat // what stands for a weight of 1
	valueOne  *big.Rat // what stands for a value of 1
}

func newProblem(weights []*big.Rat, values [][]*big.Rat) problem {
	var p problem
	ints, one := scaled(slices.Concat(values...), limit)
	p.valueOne = one
	for row := range slices.Chunk(ints, len(weights)) {
		p.values = append(p.values, row)
	}
	most := int64(limit)
	if slices.Max(ints) < 64 && slices.Min(ints) > -64 {
		most = 1 << 52 // small values leave room for long weights
	}
	p.weights, p.weightOne = scaled(weights, most)
	return p
}

// real undoes the scaling of a total.
func (p *problem) real(total int64) *big.Rat {
	x := big.NewRat(total, 1)
	x.Quo(x, p.weightOne)
	return x.Quo(x, p.valueOne)
}

func (p *problem) reals(totals []int64) []*big.Rat {
	out := make([]*big.Rat, len(totals))
	for i, t := range totals {
		out[i] = p.real(t)
	}
	return out
}

func (p *problem) totals() []int64 { return Totals(p.weights, p.values) }

func (p *problem) sum() *big.Rat {
	return new(big.Rat).Quo(big.NewRat(sum(p.weights), 1), p.weightOne)
}

var (
	totalKey   = regexp.MustCompile(`^(?:total|score|value)_option(\d+)$`)
	ifKey      = regexp.MustCompile(`^total_option(\d+)_if_cell(\d)_?(\d)_is_([-0-9.]+)$`)
	partKey    = regexp.MustCompile(`^contribution_option(\d+)_criterion(\d+)$`)
	betweenKey = regexp.MustCompile(`^difference_(\d+)_(\d+)$`)
	weightKey  = regexp.MustCompile(`^central_weights?_option(\d+)$`)
)

func numbers(groups []string) []int {
	out := make([]int, len(groups))
	for i, g := range groups {
		out[i], _ = strconv.Atoi(g)
	}
	return out
}

// results gives all that can be said of a weighted sum.
func (p *problem) results(key string) (any, error) {
	totals := p.totals()
	zero := make([]int64, len(p.weights))
	switch key {
	case "scores", "score", "totals", "value", "values":
		return anyList(p.reals(totals)), nil
	case "distance", "distances":
		var out []any
		for _, x := range p.reals(totals) {
			out = append(out, new(big.Rat).Sub(p.sum(), x))
		}
		return out, nil
	case "normalised_scores", "normalized_scores", "mean", "means":
		var out []any
		for _, x := range p.reals(totals) {
			out = append(out, x.Quo(x, p.sum()))
		}
		return out, nil
	case "ranks", "rank", "ranking":
		return anyList(Ranks(totals)), nil
	case "best", "winner":
		return slices.Index(Ranks(totals), 1), nil
	case "contributions":
		var out []any
		for _, row := range p.values {
			out = append(out, anyList(p.reals(Contributions(p.weights, row, zero))))
		}
		return out, nil
	}
	if m := totalKey.FindStringSubmatch(key); m != nil {
		return p.real(totals[numbers(m)[1]]), nil
	}
	if m := partKey.FindStringSubmatch(key); m != nil {
		i := numbers(m)
		return p.real(Contributions(p.weights, p.values[i[1]], zero)[i[2]]), nil
	}
	if m := betweenKey.FindStringSubmatch(key); m != nil {
		i := numbers(m)
		return p.real(sum(Contributions(p.weights, p.values[i[1]], p.values[i[2]]))), nil
	}
	return nil, errNoKey
}

// problem reads weights and matrix, a row for each option. Smaller is better
// on a criterion of direction min, so its values change sign.
func (v *vector) problem() (problem, error) {
	values, err := ratRows(v.Matrix)
	if err != nil {
		return problem{}, fmt.Errorf("matrix: %w", err)
	}
	for _, row := range values {
		for c, x := range row {
			if v.falls(c) {
				x.Neg(x)
			}
		}
	}
	weights, err := v.ratWeights(len(values[0]))
	if err != nil {
		return problem{}, err
	}
	return newProblem(weights, values), nil
}

func (v *vector) ratWeights(n int) ([]*big.Rat, error) {
	weights, err := rats(v.Weights)
	if err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	if len(weights) != n {
		return nil, fmt.Errorf("%d weights for %d criteria", len(weights), n)
	}
	return weights, nil
}

func (v *vector) falls(c int) bool {
	return c < len(v.Directions) && (v.Directions[c] == "min" || v.Directions[c] == "-1")
}

func (v *vector) weightedSum() (results, error) {
	p, err := v.problem()
	return p.results, err
}

// additive turns cells into values by fixed anchors, or by breakpoints for
// each criterion, and sums them up.
func (v *vector) additive() (results, error) {
	cells, err := ratRows(v.Matrix)
	if err != nil {
		return nil, fmt.Errorf("matrix: %w", err)
	}
	weights, err := v.ratWeights(len(cells[0]))
	if err != nil {
		return nil, err
	}
	functions, err := v.functions(len(weights))
	if err != nil {
		return nil, err
	}
	solve := func() (problem, error) {
		values := make([][]*big.Rat, len(cells))
		for o, row := range cells {
			for c, x := range row {
				y, err := functions[c](x)
				if err != nil {
					return problem{}, err
				}
				values[o] = append(values[o], y)
			}
		}
		return newProblem(weights, values), nil
	}
	p, err := solve()
	return func(key string) (any, error) {
		m := ifKey.FindStringSubmatch(key)
		if m == nil {
			return p.results(key)
		}
		i := numbers(m)
		was := cells[i[2]][i[3]]
		defer func() { cells[i[2]][i[3]] = was }()
		cells[i[2]][i[3]], _ = new(big.Rat).SetString(m[4])
		changed, err := solve()
		if err != nil {
			return nil, err
		}
		return changed.real(changed.totals()[i[1]]), nil
	}, err
}

// plain writes a number as our value functions read them.
func plain(x *big.Rat) string {
	s := x.FloatString(30)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

type valuing func(x *big.Rat) (*big.Rat, error)

// functions returns a value function for each criterion: linear between
// anchors (worst, best), or through breakpoints x and y.
func (v *vector) functions(criteria int) ([]valuing, error) {
	var anchors [][]json.Number // a list of lists, or that once more in a list
	if raw, ok := v.Params["anchors_worst_best"]; ok {
		var nested [][][]json.Number
		if json.Unmarshal(raw, &nested) == nil && len(nested) == 1 {
			anchors = nested[0]
		} else if err := json.Unmarshal(raw, &anchors); err != nil {
			return nil, fmt.Errorf("anchors: %w", err)
		}
	}
	out := make([]valuing, 0, criteria)
	if anchors != nil {
		for _, a := range anchors {
			ends, err := parseAll(a)
			if err != nil || len(ends) != 2 {
				return nil, fmt.Errorf("anchors %v: %v", a, err)
			}
			x, y := []string{plain(ends[0]), plain(ends[1])}, []string{"0", "1"}
			if ends[0].Cmp(ends[1]) > 0 {
				x[0], x[1], y[0], y[1] = x[1], x[0], "1", "0"
			}
			f, err := v.function(x, y)
			if err != nil {
				return nil, err
			}
			out = append(out, f)
		}
	} else {
		xs, errX := ratRows(v.Params["x"])
		ys, errY := ratRows(v.Params["y"])
		if err := errors.Join(errX, errY); err != nil {
			return nil, fmt.Errorf("want params anchors_worst_best, or x and y by criterion: %w", err)
		}
		for c := range xs {
			f, err := v.function(plains(xs[c]), plains(ys[c]))
			if err != nil {
				return nil, err
			}
			out = append(out, f)
		}
	}
	if len(out) != criteria {
		return nil, fmt.Errorf("value functions for %d of %d criteria", len(out), criteria)
	}
	return out, nil
}

func plains(list []*big.Rat) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = plain(x)
	}
	return out
}

// function wraps ours. Some sources draw the outer segments out instead of
// clipping; params out_of_bounds says so, and SMAA vectors with anchors do.
func (v *vector) function(x, y []string) (valuing, error) {
	f, err := NewValueFunction(x, y)
	if err != nil {
		return nil, err
	}
	var bounds string
	for _, name := range []string{"out_of_bounds", "outOfBounds"} {
		if raw, ok := v.Params[name]; ok {
			if err := json.Unmarshal(raw, &bounds); err != nil {
				return nil, err
			}
		}
	}
	drawnOut := bounds == "extrapolate" || bounds == "interpolate" || bounds == "" && strings.HasPrefix(v.Method, "smaa")
	last := len(f.x) - 1
	return func(at *big.Rat) (*big.Rat, error) {
		switch {
		case drawnOut && at.Cmp(f.x[0]) < 0:
			return line(f, 0, at), nil
		case drawnOut && at.Cmp(f.x[last]) > 0:
			return line(f, last-1, at), nil
		}
		return f.At(plain(at))
	}, nil
}

func line(f *ValueFunction, i int, at *big.Rat) *big.Rat {
	slope := new(big.Rat).Sub(f.y[i+1], f.y[i])
	slope.Quo(slope, new(big.Rat).Sub(f.x[i+1], f.x[i]))
	slope.Mul(slope, new(big.Rat).Sub(at, f.x[i]))
	return slope.Add(slope, f.y[i])
}

func only(names []string, value any) results {
	return func(key string) (any, error) {
		if slices.Contains(names, key) {
			return value, nil
		}
		return nil, errNoKey
	}
}

func (v *vector) valueFunction() (results, error) {
	at, errM := rats(v.Matrix)
	x, errX := rats(v.Params["x"])
	y, errY := rats(v.Params["y"])
	if err := errors.Join(errM, errX, errY); err != nil {
		return nil, err
	}
	values, err := v.valuesAt(x, y, at...)
	return only([]string{"values", "value"}, values), err
}

func (v *vector) valueCases() (results, error) {
	var cases [][]json.RawMessage
	if err := json.Unmarshal(v.Matrix, &cases); err != nil {
		return nil, err
	}
	var values []any
	for _, c := range cases {
		if len(c) != 3 {
			return nil, fmt.Errorf("case %s: want x, breakpoint xs, breakpoint ys", c)
		}
		at, errM := rats(json.RawMessage("[" + string(c[0]) + "]"))
		x, errX := rats(c[1])
		y, errY := rats(c[2])
		if err := errors.Join(errM, errX, errY); err != nil {
			return nil, err
		}
		value, err := v.valuesAt(x, y, at...)
		if err != nil {
			return nil, err
		}
		values = append(values, value...)
	}
	return only([]string{"values", "value"}, values), nil
}

func (v *vector) valuesAt(x, y []*big.Rat, at ...*big.Rat) ([]any, error) {
	f, err := v.function(plains(x), plains(y))
	if err != nil {
		return nil, err
	}
	var values []any
	for _, x := range at {
		value, err := f(x)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

// The model has no weights by rank, so these are here and not in the
// package.
func rankOrderCentroid(rank, n int) *big.Rat {
	w := new(big.Rat)
	for i := rank; i <= n; i++ {
		w.Add(w, big.NewRat(1, int64(i*n)))
	}
	return w
}

func rankSum(rank, n int) *big.Rat { return big.NewRat(int64(2*(n+1-rank)), int64(n*(n+1))) }

func rankReciprocal(rank, n int) *big.Rat {
	sum := new(big.Rat)
	for i := 1; i <= n; i++ {
		sum.Add(sum, big.NewRat(1, int64(i)))
	}
	return sum.Quo(big.NewRat(1, int64(rank)), sum)
}

func (v *vector) rankWeights(weight func(rank, n int) *big.Rat) func() (results, error) {
	return func() (results, error) {
		var in struct {
			N     int   `json:"n"`
			Ranks []int `json:"ranks"`
		}
		if json.Unmarshal(v.Weights, &in) != nil {
			if err := json.Unmarshal(v.Weights, &in.Ranks); err != nil {
				return nil, fmt.Errorf("weights: %w", err)
			}
		}
		in.N = max(in.N, len(in.Ranks))
		if in.Ranks == nil {
			for i := range in.N {
				in.Ranks = append(in.Ranks, i+1)
			}
		}
		var weights []any
		for _, r := range in.Ranks {
			weights = append(weights, weight(r, in.N))
		}
		return only([]string{"weights"}, weights), nil
	}
}

func (v *vector) normalised() (results, error) {
	exact, err := rats(v.Weights)
	if err != nil {
		return nil, err
	}
	weights, _ := scaled(exact, limit)
	var out []any
	for _, w := range weights {
		r := newRatio(w, sum(weights))
		out = append(out, big.NewRat(r.Num, r.Den))
	}
	return only([]string{"weights"}, out), nil
}

// weightedMean takes one row, or a row for each option.
func (v *vector) weightedMean() (results, error) {
	rows, err := ratRows(v.Matrix)
	single := err != nil
	if single {
		row, err := rats(v.Matrix)
		if err != nil {
			return nil, fmt.Errorf("matrix: %w", err)
		}
		rows = [][]*big.Rat{row}
	}
	weights, err := v.ratWeights(len(rows[0]))
	if err != nil {
		return nil, err
	}
	p := newProblem(weights, rows)
	var means []any
	for _, x := range p.reals(p.totals()) {
		means = append(means, x.Quo(x, p.sum()))
	}
	var out any = means
	if single {
		out = means[0]
	}
	return only([]string{"distance", "distances", "mean", "means", "value", "values", "score", "scores"}, out), nil
}

func (v *vector) dominance() (results, error) {
	values, err := ratRows(v.Matrix)
	if err != nil {
		return nil, err
	}
	ones := make([]*big.Rat, len(values[0]))
	for c := range ones {
		ones[c] = big.NewRat(1, 1)
		for o := range values {
			if v.falls(c) {
				values[o][c].Neg(values[o][c])
			}
		}
	}
	p := newProblem(ones, values)
	table := func(f func(weights, a, b []int64) bool) [][]bool {
		out := make([][]bool, len(p.values))
		for i, a := range p.values {
			for _, b := range p.values {
				out[i] = append(out[i], f(p.weights, a, b))
			}
		}
		return out
	}
	dominated := func(by [][]bool) []bool {
		out := make([]bool, len(by))
		for i := range by {
			for j := range by {
				out[j] = out[j] || by[i][j]
			}
		}
		return out
	}
	weak, strict := table(Dominates), table(StrictlyDominates)
	return func(key string) (any, error) {
		switch key {
		case "weak", "dominance", "dominates":
			return anyList(weak), nil
		case "strict":
			return anyList(strict), nil
		case "dominated", "dominated_weak", "weakly_dominated":
			return anyList(dominated(weak)), nil
		case "dominated_strict", "strictly_dominated":
			return anyList(dominated(strict)), nil
		}
		return nil, errNoKey
	}, nil
}

func (v *vector) ranks() (results, error) {
	totals, err := rats(v.Matrix)
	if err != nil {
		return nil, err
	}
	ints, _ := scaled(totals, math.MaxInt64)
	return only([]string{"ranks"}, anyList(Ranks(ints))), nil
}

// stability gives for each criterion the interval of its raw weight in which
// the first option stays first, the same in shares, and the smallest changes
// of one weight that swap two options (Triantaphyllou and Sanchez 1997).
func (v *vector) stability() (results, error) {
	p, err := v.problem()
	if err != nil {
		return nil, err
	}
	totals := p.totals()
	first := slices.Index(Ranks(totals), 1)
	real := func(r Ratio) *big.Rat { return new(big.Rat).Quo(big.NewRat(r.Num, r.Den), p.weightOne) }
	var raw, shares, lower, upper []any
	for c, w := range p.weights {
		var margins, diffs []int64
		for r := range totals {
			if r != first {
				margins = append(margins, totals[first]-totals[r])
				diffs = append(diffs, p.values[first][c]-p.values[r][c])
			}
		}
		iv := StabilityInterval(w, margins, diffs)
		var high any
		if iv.Upper != nil {
			high = real(*iv.Upper)
		}
		raw = append(raw, []any{real(iv.Lower), high})
		lower, upper = append(lower, real(iv.Lower)), append(upper, high)
		s := iv.InShares(sum(p.weights) - w)
		shares = append(shares, []any{big.NewRat(s.Lower.Num, s.Lower.Den), big.NewRat(s.Upper.Num, s.Upper.Den)})
	}
	return func(key string) (any, error) {
		switch key {
		case "intervals", "raw_intervals", "stability":
			return raw, nil
		case "share_intervals", "normalised_intervals", "normalized_intervals", "shares":
			return shares, nil
		case "lower":
			return lower, nil
		case "upper":
			return upper, nil
		case "absolute_changes":
			return p.swaps(false), nil
		case "relative_changes", "percent_changes":
			return p.swaps(true), nil
		}
		return p.results(key)
	}, nil
}

// swaps returns, for each pair of options i < j and each criterion, how far
// the criterion's weight has to fall for the two to draw level: null where no
// weight from 0 on does it.
func (p *problem) swaps(percent bool) []any {
	totals := p.totals()
	var out []any
	for i := range totals {
		for j := i + 1; j < len(totals); j++ {
			a, b := i, j
			if totals[a] < totals[b] {
				a, b = b, a
			}
			var row []any
			for c, w := range p.weights {
				d := p.values[a][c] - p.values[b][c]
				iv := StabilityInterval(w, []int64{totals[a] - totals[b]}, []int64{d})
				edge := iv.Upper
				if d > 0 && w*d >= totals[a]-totals[b] {
					edge = &iv.Lower
				}
				if edge == nil {
					row = append(row, nil)
					continue
				}
				fall := new(big.Rat).Sub(big.NewRat(w, 1), big.NewRat(edge.Num, edge.Den))
				if percent {
					fall.Mul(fall, big.NewRat(100, w))
				} else {
					fall.Quo(fall, p.weightOne)
				}
				row = append(row, fall)
			}
			out = append(out, row)
		}
	}
	return out
}

func (v *vector) flipDistance() (results, error) {
	p, err := v.problem()
	if err != nil {
		return nil, err
	}
	var distance any
	if r := FlipDistance(p.weights, p.values[0], p.values[1]); r != nil {
		distance = big.NewRat(r.Num, r.Den)
	}
	return only([]string{"distance", "flip_distance"}, distance), nil
}

// wholeSpace takes two options, or their differences, and gives the first
// one's share.
func (v *vector) wholeSpace() (results, error) {
	diffs, err := rats(v.Matrix)
	if err != nil {
		values, err := ratRows(v.Matrix)
		if err != nil {
			return nil, err
		}
		if len(values) != 2 {
			return nil, fmt.Errorf("%d options, want 2", len(values))
		}
		for c, x := range values[0] {
			diffs = append(diffs, new(big.Rat).Sub(x, values[1][c]))
		}
	}
	for c := range diffs {
		if v.falls(c) {
			diffs[c].Neg(diffs[c])
		}
	}
	ints, _ := scaled(diffs, limit)
	ahead := WholeSpaceShare(ints)
	for i := range ints {
		ints[i] = -ints[i]
	}
	behind := WholeSpaceShare(ints)
	return func(key string) (any, error) {
		switch key {
		case "share", "share_option0", "share_0":
			return ahead, nil
		case "share_option1", "share_1":
			return behind, nil
		case "shares", "first_rank", "first_rank_acceptability":
			return []any{ahead, behind}, nil
		case "rank_acceptability":
			return []any{[]any{ahead, behind}, []any{behind, ahead}}, nil
		}
		return nil, errNoKey
	}, nil
}

// exactPair takes what each answer adds to the margin.
func (v *vector) exactPair() (results, error) {
	parts, err := rats(v.Matrix)
	if err != nil {
		return nil, err
	}
	ints, _ := scaled(parts, limit)
	s := ExactPair(ints)
	if s == nil {
		return nil, errors.New("too many answers")
	}
	return func(key string) (any, error) {
		switch key {
		case "wins":
			return int(s.Wins), nil
		case "ties":
			return int(s.Ties), nil
		case "total":
			return int(s.Total), nil
		case "share":
			return big.NewRat(s.Wins, s.Total), nil
		}
		return nil, errNoKey
	}, nil
}

// crockford reads the symbols of several spellings, which must come to the
// same number.
func (v *vector) crockford() (results, error) {
	var spellings []string
	if err := json.Unmarshal(v.Matrix, &spellings); err != nil {
		return nil, err
	}
	var numbers []any
	for _, s := range spellings {
		symbols, err := compare.ParseSymbols(s)
		if err != nil {
			return nil, err
		}
		n := 0
		for _, symbol := range symbols {
			n = n<<5 | int(symbol)
		}
		numbers = append(numbers, n)
	}
	return func(key string) (any, error) {
		switch key {
		case "number":
			for _, n := range numbers {
				if n != numbers[0] {
					return nil, fmt.Errorf("spellings give different numbers %v", numbers)
				}
			}
			return numbers[0], nil
		case "numbers":
			return numbers, nil
		}
		return nil, errNoKey
	}, nil
}
