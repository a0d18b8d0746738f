package compare

// Importance is how much an answer counts. Its values are those of the
// result code and never change.
type Importance uint8

// The importance marks of SCORING.md section 2, with their multipliers.
const (
	Normal    Importance = iota // counts twice
	Low                         // counts once
	High                        // counts four times
	Mandatory                   // counts four times and activates must rules
)

// Importances lists the marks in the order a form shows them.
func Importances() []Importance { return []Importance{Low, Normal, High, Mandatory} }

// String returns the mark's word in links and forms: low, normal, high or must.
func (i Importance) String() string {
	return [...]string{"normal", "low", "high", "must"}[i&3]
}

// Word returns what a reader is shown for the mark: less, normal, more or must.
func (i Importance) Word() string {
	return [...]string{"normal", "less", "more", "must"}[i&3]
}

// Multiplier returns the factor the mark puts on an answer's points: 1, 2 or 4.
func (i Importance) Multiplier() int64 { return [...]int64{2, 1, 4, 4}[i&3] }

// ParseImportance reads a mark's word.
func ParseImportance(s string) (Importance, bool) {
	for _, i := range Importances() {
		if i.String() == s {
			return i, true
		}
	}
	return Normal, false
}

// An Answer is the reader's answer to one question. The zero value is no
// answer: not sure, skipped and withdrawn are the same.
type Answer struct {
	Choice     int // permanent number of the choice, 0 for no answer
	Importance Importance
}

// Answers are one reader's answers to the questions of one edition. The value
// is small, comparable and holds nothing else, so equal answers are equal.
type Answers struct {
	edition *Edition
	slots   [MaxSlots]Answer
}

// NoAnswers returns the answers of a reader who is sure of nothing.
func (e *Edition) NoAnswers() Answers { return Answers{edition: e} }

// Edition returns the edition the answers were given to.
func (a Answers) Edition() *Edition { return a.edition }

// At returns the answer in the given slot.
func (a Answers) At(slot int) Answer { return a.slots[slot] }

// To returns the choice that answers q and the importance it has, or nil if
// the reader gave no answer to it.
func (a Answers) To(q *Question) (*Choice, Importance) {
	ans := a.slots[q.Slot]
	if ans.Choice == 0 {
		return nil, Normal
	}
	return q.Numbered(ans.Choice), ans.Importance
}

// With returns a copy in which the given slot holds the given answer. An
// answer without a choice withdraws it.
func (a Answers) With(slot int, ans Answer) Answers {
	if ans.Choice == 0 {
		ans = Answer{}
	}
	a.slots[slot] = ans
	return a
}

// Count returns how many questions are answered.
func (a Answers) Count() int {
	n := 0
	for _, ans := range a.slots {
		if ans.Choice != 0 {
			n++
		}
	}
	return n
}
