package compare

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Unsure is the choice every question has without listing it. It is no answer.
const Unsure = "unsure"

// importanceSuffix makes the name of a question's importance field in a form.
const importanceSuffix = ".importance"

// An InputError says what is wrong with answers a reader sent. It is the only
// error a reader can repair: the form is shown again with it.
type InputError struct {
	// Questions holds a message for each question whose answer cannot be
	// read, by question id.
	Questions map[string]string
	// Fields holds a message for each field that belongs to no question, by
	// the name sent.
	Fields map[string]string
	// Marks holds what was marked in a form at questions without an answer, by
	// question id, to be shown again. An answer has its own.
	Marks map[string]Importance
}

func (e *InputError) Error() string {
	n := len(e.Questions) + len(e.Fields)
	return fmt.Sprintf("%d of the answers sent cannot be read", n)
}

// FieldNames returns the names of the fields that belong to no question, sorted.
func (e *InputError) FieldNames() []string { return slices.Sorted(maps.Keys(e.Fields)) }

// ErrTooManyFields is returned for a form no page of ours could have sent.
var ErrTooManyFields = errors.New("form has too many fields")

// MaxFields is the number of fields a form or link may have: four times what any
// of ours has, since others append theirs to links.
const MaxFields = 8 * MaxSlots

// ImportanceField returns the name of the form field for a question's importance.
func ImportanceField(id string) string { return id + importanceSuffix }

// Answers reads what the form of this edition sends: for each question a field
// with the id of a choice or "unsure", and a field "id.importance" with a
// mark's word. Answers that can be read are kept even when others cannot; the
// error is then an *[InputError], or [ErrTooManyFields].
func (e *Edition) Answers(form url.Values) (Answers, error) {
	return e.read(form, e.formField)
}

// Params reads answers from readable link parameters, "load=requests.high": a
// choice, or a choice, a dot and a mark's word; without the mark, normal.
// Errors are as for [Edition.Answers]. Parameters that other sites append to
// links for their statistics are passed over.
func (e *Edition) Params(params url.Values) (Answers, error) {
	kept := maps.Clone(params)
	maps.DeleteFunc(kept, func(name string, _ []string) bool { return appended(name) })
	return e.read(kept, e.paramField)
}

// appended reports whether a parameter is one that mail and advertising
// programs hang on links they pass along.
func appended(name string) bool {
	return strings.HasPrefix(name, "utm_") ||
		slices.Contains([]string{"fbclid", "gclid", "mc_cid", "mc_eid", "msclkid"}, name)
}

type fieldReader func(q *Question, form url.Values, a *Answers) (msg string)

func (e *Edition) read(form url.Values, field fieldReader) (Answers, error) {
	a := e.NoAnswers()
	if len(form) > MaxFields {
		return a, ErrTooManyFields
	}
	bad := &InputError{Questions: map[string]string{}, Fields: map[string]string{}}
	for name := range form {
		if msg := e.unknownField(name); msg != "" {
			bad.Fields[name] = msg
		}
	}
	for _, q := range e.Asked() {
		if msg := field(q, form, &a); msg != "" {
			bad.Questions[q.ID] = msg
		}
	}
	if len(bad.Questions)+len(bad.Fields) == 0 {
		return a, nil
	}
	bad.Marks = e.marks(form, a)
	return a, bad
}

// marks returns what the form marks at questions to which a has no answer.
func (e *Edition) marks(form url.Values, a Answers) map[string]Importance {
	marks := map[string]Importance{}
	for _, q := range e.Asked() {
		if mark := form.Get(ImportanceField(q.ID)); mark != "" && a.At(q.Slot).Choice == 0 {
			if importance, msg := q.importance(mark); msg == "" {
				marks[q.ID] = importance
			}
		}
	}
	return marks
}

// unknownField returns what to say about a field that no question asked has.
func (e *Edition) unknownField(name string) string {
	q := e.Question(strings.TrimSuffix(name, importanceSuffix))
	switch {
	case q == nil:
		return "No question here has this name. The link or form may belong to another comparison."
	case q.Retired:
		return "This question is no longer asked."
	}
	return ""
}

func (e *Edition) formField(q *Question, form url.Values, a *Answers) string {
	choices, marks := form[q.ID], form[ImportanceField(q.ID)]
	if len(choices) > 1 || len(marks) > 1 {
		return "This was answered more than once. Choose one answer."
	}
	choice, mark := first(choices), first(marks)
	return q.set(a, choice, mark)
}

func (e *Edition) paramField(q *Question, params url.Values, a *Answers) string {
	values := params[q.ID]
	if len(values) > 1 {
		return "This was answered more than once. Choose one answer."
	}
	if _, ok := params[ImportanceField(q.ID)]; ok {
		return "In a link the importance stands behind the answer, as in " + q.ID + "=" + q.sample() + ".high."
	}
	// Choice ids hold no dot, so the first one ends the choice.
	choice, mark, marked := strings.Cut(first(values), ".")
	if marked && (choice == "" || mark == "") {
		return "An answer in a link is written as in " + q.ID + "=" + q.sample() + " or " + q.ID + "=" + q.sample() + ".high."
	}
	return q.set(a, choice, mark)
}

// sample returns the id of a choice, to show in a message.
func (q *Question) sample() string {
	if len(q.Choices) == 0 {
		return "answer"
	}
	return q.Choices[0].ID
}

// set puts one answer into a, or returns what is wrong with it. A choice that
// can be read is kept even where its importance cannot.
func (q *Question) set(a *Answers, choice, mark string) string {
	importance, msg := q.importance(mark)
	if choice == "" || choice == Unsure {
		return msg
	}
	ch := q.Choice(choice)
	if ch == nil || ch.Retired {
		return "This is not one of the answers offered. Choose one of them, or “Not sure”."
	}
	*a = a.With(q.Slot, Answer{Choice: ch.Number, Importance: importance})
	return msg
}

// importance reads a mark's word, "" being the question's own or normal.
func (q *Question) importance(mark string) (Importance, string) {
	own := Normal
	if q.Fixed != nil {
		own = *q.Fixed
	}
	if mark == "" {
		return own, ""
	}
	importance, known := ParseImportance(mark)
	switch {
	case !known:
		return own, "How much it matters must be one of low, normal, high or must."
	case q.Fixed != nil && importance != own:
		return own, fmt.Sprintf("This question always counts as %q: leave its importance out.", own)
	}
	return importance, ""
}

// Params returns the answers as readable link parameters, the inverse of
// [Edition.Params].
func (a Answers) Params() url.Values {
	v := url.Values{}
	for _, q := range a.edition.Asked() {
		ch, importance := a.To(q)
		if ch == nil {
			continue
		}
		word := ch.ID
		if q.Fixed == nil && importance != Normal {
			word += "." + importance.String()
		}
		v.Set(q.ID, word)
	}
	return v
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
