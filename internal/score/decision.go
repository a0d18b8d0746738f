package score

import "tiebreak/internal/compare"

// A Verdict says in one word how a decision came out. SCORING.md section 8.
type Verdict string

// The verdicts, in the order in which they are tried.
const (
	NoAnswers     Verdict = "no-answers"     // nothing that bears on the criteria was answered
	NoneQualifies Verdict = "none-qualifies" // must rules exclude every option
	OnlyOne       Verdict = "only-one"       // must rules leave one option
	Tie           Verdict = "tie"            // the best totals are equal
	Close         Verdict = "close"          // share under 66 %, or margin under 2 points
	Leans         Verdict = "leans"          // share under 90 %, or fewer than 4 answers
	Clear         Verdict = "clear"          // everything else
)

// A Decision is what a reader's answers come to, with its reasons and how
// firm it is. Options, criteria and questions are named by their index in the
// edition (options and criteria) or by slot (questions).
type Decision struct {
	Edition *compare.Edition
	Answers compare.Answers
	Verdict Verdict

	Answered int     // questions answered
	Weights  []int64 // W_c: raw weight of each criterion, in edition order
	Total    int64   // S: the sum of Weights

	// Standings list the options best first: ranked by total, those of equal
	// total in content order, excluded options after all others. Empty if no
	// answer puts weight on a criterion.
	Standings []Standing
	// Versus compares the leader with each other option, in the order of
	// Standings[1:]. Where only one option is left, or none, it compares the
	// first of Standings with the others all the same, marked Excluded, so
	// that a page can show what the weights alone would say.
	Versus []Pair

	Dominant   bool // the leader dominates every rival left, and there is one
	Thin       bool // fewer than 4 answers
	Unverified bool // a must rule could not be checked for the leader

	Robustness Robustness
	Changes    Changes
}

// A Standing is one option's place.
type Standing struct {
	Option int
	Rank   int   // competition rank 1,1,3 among options not excluded; 0 if excluded
	Total  int64 // T_o
	Score  int   // shown score in tenths of a point, half up
	// Low and High bound the score in tenths with every rating at its lowest
	// or highest at once, rounded down and up.
	Low, High int
	Excluded  []Rule // must rules that exclude the option
	Check     []Rule // must rules that cannot be told to hold: unknown, or Lo below the minimum
	Unknown   int64  // weight on criteria where this option's cell is unknown, out of Decision.Total
}

// A Rule is an active must rule.
type Rule struct {
	Slot      int // the question whose answer set it
	Criterion int
	Min       int
}

// A Part is what one criterion or one answer contributes to a margin.
type Part struct {
	Index  int   // criterion index, or question slot
	Exact  int64 // D_c or D_q
	Tenths int   // shown contribution; the parts of a pair add up to its shown margin
}

// A Pair compares the leader A with another option B.
type Pair struct {
	A, B     int
	Excluded bool  // B, or A, is excluded: for information only
	Exact    int64 // D = T_A - T_B
	Tenths   int   // shown margin: difference of the two shown scores

	Criteria []Part // weighted criteria, in edition order
	Answers  []Part // answered questions, in slot order

	Dominates bool // A is as good as B on every weighted criterion, and better on one
	Certain   bool // even with every rating at the end of its band that hurts A
	// Flip is the share of all weight that would have to move for B to draw
	// level; nil if no move of weight does it, 0 if B is level or ahead.
	Flip *Ratio
	// Tolerance is the part of their bands by which all ratings may be off,
	// all against A, before B draws level; nil if no weighted rating has a
	// band, 0 if B is level or ahead. Over 1, A wins at the far ends of all bands.
	Tolerance *Ratio
	// Share counts the variations of importance alone; nil if more than 20
	// questions are answered.
	Share *ExactShare
}

// A Ratio is an exact rational number with a positive denominator, in lowest terms.
type Ratio struct{ Num, Den int64 }

// An ExactShare counts, of all ways to halve, keep or double every answer's
// importance, those in which A has the larger total. SCORING.md section 6.
type ExactShare struct{ Wins, Ties, Total int64 }

// An Interval is the range in which a quantity may lie with the leader still
// first or joint first, and with all of several leaders.
type Interval struct {
	Lower Ratio
	Upper *Ratio // nil if there is no upper end
}

// Robustness is the outcome of the robustness run of SCORING.md section 7.
type Robustness struct {
	Draws   int   // 16384, or 0 if there was no run
	Credits int64 // credits of all draws together: L*M
	// Options holds one entry per option, in edition order; zero for excluded ones.
	Options []Acceptability
	// Stability is the interval of each criterion's raw weight, and Share the
	// same as a share of all weight, which ends at 1, in edition order. Factor
	// is the interval of each answer's importance factor. Without a rival left
	// the intervals start at 0 and have no end. All are nil if nothing is
	// weighted.
	Stability []Interval
	Share     []Interval
	Factor    Factors
}

// Factors are the intervals of importance factors by slot, up to the last
// answered one. See [Factors.Of].
type Factors []Interval

// Of returns the interval of a slot's answer, and whether there is one.
func (f Factors) Of(slot int) (Interval, bool) {
	if slot >= len(f) || f[slot].Lower.Den == 0 {
		return Interval{}, false
	}
	return f[slot], true
}

// Acceptability says how often an option came first, and the range of its scores.
type Acceptability struct {
	Credits   int64 // out of Robustness.Credits
	Low, High int   // 5th and 95th percentile of the score, tenths of a point
}

// A Change gives another answer to one question: another choice with the same
// importance, or none.
type Change struct {
	Slot   int
	Choice int // permanent number; 0 withdraws the answer
}

// A Flip is a set of changes after which another option leads, or fewer do of
// those that led together.
type Flip struct {
	Changes []Change // one or two, in slot order
	// Leader is the option that then leads, -1 if must rules then exclude every
	// option or several lead together, which is Tied.
	Leader int
	// Exact is the new margin: the old leader's total less the new leader's.
	// It is negative unless must rules exclude the old leader, then or now,
	// and 0 if nobody leads. Of several old leaders the one with the least total
	// counts. Where none qualifies now, the first of Standings stands for the old
	// leader, with those level with it.
	Exact  int64
	Weight int64 // the sum of weights that Exact is measured in, never 0
	Tied   bool
}

// Changes says what would change the answer. SCORING.md section 9.
type Changes struct {
	// Single holds every single change that flips, fewest points of new margin
	// first, whichever way it points; those that leave no leader last.
	Single []Flip
	Pairs  []Flip // every pair that flips, in the same order; only if Single is empty
	// Fewest is the smallest number of changes that flips; 0 if no number does
	// or, with must rules in play, if more than two are needed.
	Fewest int
	Open   []Open // unanswered questions, in slot order
}

// Open says whether a question not answered could matter.
type Open struct {
	Slot int
	// Flip is the choice that flips with the fewest points of new margin, nil
	// if none does, at normal importance or the question's fixed one.
	Flip *Flip
}
