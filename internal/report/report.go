package report

import (
	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// A Report is everything one result says. Encoded as JSON it is the result for
// programs; its schema is [Schema]. Every field is always there: text that does
// not apply is "", a list without entries is empty.
type Report struct {
	Schema     string        `json:"$schema" doc:"Address of the schema of this document."`
	Site       string        `json:"site" doc:"Name of the site that computed the result."`
	Comparison Topic         `json:"comparison" doc:"What is compared."`
	Code       string        `json:"code" doc:"The answers as the last part of the link."`
	URL        string        `json:"url" doc:"Link to the result. It holds all answers and never changes its meaning."`
	Edition    Edition       `json:"edition" doc:"The edition of ratings and questions the result is computed from."`
	Verdict    score.Verdict `json:"verdict" doc:"How the decision came out, in one word."`
	Leader     string        `json:"leader" doc:"Id of the option that is ahead. Empty if none is: verdicts no-answers, none-qualifies and tie."`
	Headline   string        `json:"headline" doc:"The decision in one sentence."`
	Firmness   []string      `json:"firmness" doc:"How firm the decision is, in sentences."`
	Notices    []string      `json:"notices" doc:"What to know before using the result, in sentences."`
	Revisit    compare.Date  `json:"revisit_by" doc:"The earliest of the review dates of the facts the result rests on and of the ends of support of the options, such as 2027-05-01. Empty if there is none."`
	Answered   int           `json:"answered" doc:"Number of questions answered."`
	Few        bool          `json:"few_answers" doc:"True if fewer than four questions are answered, so that the result is a first hint at most."`
	Telling    int           `json:"telling" doc:"Number of answers that do more for one option of the margin than for the other."`
	Asked      int           `json:"asked" doc:"Number of questions the edition asks."`
	Variations int           `json:"variations" doc:"Number of variations of answers and ratings that were computed. 0 if fewer than two options are left to compare."`
	Options    []Option      `json:"options" doc:"The options in the fixed order of the comparison."`
	Margin     *Margin       `json:"margin" doc:"The first option of the ranking against the second. Null if nothing is weighted."`
	Rules      []Rule        `json:"must_rules" doc:"What answers marked as a must do to options."`
	Answers    []Answer      `json:"answers" doc:"The answers given, in the order of the form. Their points add up to the margin."`
	Criteria   []Criterion   `json:"criteria" doc:"The criteria with weight, in the order of the table. Their points add up to the margin."`
	Changes    Changes       `json:"changes" doc:"What would change the outcome."`
	Open       Open          `json:"not_known" doc:"What the result leaves open."`
	Facts      []*Fact       `json:"facts" doc:"The facts behind the criteria with weight, with their sources."`
	// Contradictions are of the reader, not of the site.
	Contradictions []Contradiction `json:"contradictions" doc:"Answers that pull against each other."`

	// Given are the answers themselves.
	Given compare.Answers `json:"-"`
	// Balance is the drawing at the head of the result, nil if Margin is.
	Balance *Balance `json:"-"`
	// Links are the addresses the report was made with.
	Links Links `json:"-"`
	// Card is the address of the card as PNG.
	Card        string `json:"-"`
	summary     string
	today       compare.Date
	revisitText string
	// Criteria that speak most for one option of the margin and for the other.
	forAhead, forBehind []*Criterion
}

// A Topic is the comparison a result belongs to.
type Topic struct {
	Slug  string `json:"slug" doc:"Name of the comparison in addresses."`
	Title string `json:"title" doc:"Title of the comparison."`
	URL   string `json:"url" doc:"Address of its article."`
}

// An Edition is the edition a result is computed from.
type Edition struct {
	Number  int          `json:"number" doc:"Number of the edition."`
	Date    compare.Date `json:"date" doc:"Day it was released, or opened if it is a preview."`
	Preview bool         `json:"preview" doc:"True while ratings may still change, and the result with them."`
	Asked   int          `json:"asked" doc:"Number of the edition the link names. Differs from number only if that edition is no longer kept."`
}

// An Option is what a result says of one option.
type Option struct {
	ID        string `json:"id" doc:"Id of the option."`
	Name      string `json:"name" doc:"Name of the option."`
	Rank      int    `json:"rank" doc:"Place; equal totals share one. 0 if a must rule excludes the option or nothing is weighted."`
	Excluded  bool   `json:"excluded" doc:"True if a must rule excludes the option."`
	Score     Points `json:"score" doc:"Score from 0 to 100: the average of its ratings, weighted by the answers."`
	Lowest    Points `json:"score_lowest" doc:"The score with every rating at the low end of its range."`
	Highest   Points `json:"score_highest" doc:"The score with every rating at the high end of its range."`
	First     *Ratio `json:"first_share" doc:"Share of the variations in which the option comes first; equal firsts share one. Null if there were none."`
	UsualLow  Points `json:"score_p5" doc:"5th percentile of the score over the variations. 0 if there were none."`
	UsualHigh Points `json:"score_p95" doc:"95th percentile of the score over the variations. 0 if there were none."`
	Unknown   Ratio  `json:"unknown_weight" doc:"Share of the weight on criteria where the option's rating is unknown."`

	Look compare.Option `json:"-"` // colours and mark
}

// A Margin compares the two options ranked first.
type Margin struct {
	Ahead     string `json:"ahead" doc:"Id of the option that points speak for if they are positive."`
	Behind    string `json:"behind" doc:"Id of the option that points speak for if they are negative."`
	Points    Points `json:"points" doc:"Difference of the two scores."`
	Excluded  bool   `json:"excluded" doc:"True if a must rule excludes one of the two, so that the margin decides nothing."`
	Dominates bool   `json:"dominates" doc:"True if the option ahead is rated as high on every criterion with weight, and higher on one."`
	Certain   bool   `json:"certain" doc:"True if that holds even with every rating at the end of its range that hurts it."`
	// Move and the fields below are nil where they do not apply.
	Move      *Ratio `json:"weight_to_move" doc:"Share of all weight that must move to other criteria for a draw with any rival left. Null if no move of weight brings one."`
	Tolerance *Ratio `json:"rating_tolerance" doc:"Part of their ranges by which all ratings may be off, all against the option ahead, before a draw with any rival left. Null if no rating has a range."`
	Exact     *Exact `json:"importance_variations" doc:"All ways to halve, keep or double the importance of each answer, counted exactly. Null over 20 answers."`
}

// Exact counts the ways to halve, keep or double each answer's importance.
type Exact struct {
	Ahead int64 `json:"ahead" doc:"Ways after which the option ahead still is."`
	Ties  int64 `json:"ties" doc:"Ways that end in a draw."`
	Total int64 `json:"total" doc:"All ways."`
}

// A Contradiction is some of the answers given that pull against each other. It
// changes nothing in the result.
type Contradiction struct {
	ID      string        `json:"contradiction" doc:"Id of the contradiction."`
	Text    string        `json:"text" doc:"What is the matter."`
	Answers []Contrasting `json:"answers" doc:"The answers concerned."`
}

// A Contrasting answer is part of a contradiction.
type Contrasting struct {
	Question  string `json:"question" doc:"Id of the question."`
	Text      string `json:"text" doc:"The question."`
	Choice    string `json:"choice" doc:"Id of the choice."`
	Label     string `json:"label" doc:"The choice."`
	ChangeURL string `json:"change_url" doc:"Address of the form, filled in, at this question."`
}

// A Rule is what one must rule does to one option.
type Rule struct {
	Question  string `json:"question" doc:"Id of the question whose answer sets the rule."`
	Criterion string `json:"criterion" doc:"Id of the criterion with the minimum."`
	Option    string `json:"option" doc:"Id of the option."`
	Min       int    `json:"min" doc:"The least rating that meets the rule."`
	Excludes  bool   `json:"excludes" doc:"True if the rule excludes the option, false if the option must be checked by hand."`
	Text      string `json:"text" doc:"The same in words, to be read after the name of the option."`
	ChangeURL string `json:"change_url" doc:"Address of the form, filled in, at this question."`
}

// An Answer is one answer given, with what it did.
type Answer struct {
	Question   string   `json:"question" doc:"Id of the question."`
	Text       string   `json:"text" doc:"The question."`
	Choice     string   `json:"choice" doc:"Id of the choice."`
	Label      string   `json:"label" doc:"The choice."`
	Importance string   `json:"importance" doc:"How much it counts."`
	Fixed      bool     `json:"importance_fixed" doc:"True if the form does not ask how much it counts."`
	Points     Points   `json:"points" doc:"Its part of the margin: positive for the option ahead, negative for the other."`
	Factor     *Range   `json:"importance_factor" doc:"How many times as much the answer may count with the outcome unchanged. Null if that does not apply."`
	Firmness   string   `json:"importance_text" doc:"The same in words. Empty if it would have to count over four times as much or as little."`
	Flips      []Choice `json:"flipped_by" doc:"Other choices, at the same importance, that change the outcome."`
	FlipText   string   `json:"flipped_by_text" doc:"The same in words."`
	ChangeURL  string   `json:"change_url" doc:"Address of the form, filled in, at this question."`

	Slot int `json:"-"` // of the question
}

// A Range is where a quantity may lie with the outcome unchanged.
type Range struct {
	Lower Ratio  `json:"lower" doc:"Low end."`
	Upper *Ratio `json:"upper" doc:"High end. Null if there is none."`
}

// A Choice is another answer to a question. Its zero ID withdraws the answer.
type Choice struct {
	ID     string `json:"choice" doc:"Id of the choice. Empty for Not sure."`
	Label  string `json:"label" doc:"The choice."`
	Leader string `json:"leader" doc:"Id of the option that is then ahead. Empty if none is, or several are level."`
	URL    string `json:"url" doc:"Link to the result it leads to."`
}

// A Criterion is one criterion with weight.
type Criterion struct {
	ID       string `json:"criterion" doc:"Id of the criterion."`
	Name     string `json:"name" doc:"Name of the criterion."`
	Weight   Ratio  `json:"weight" doc:"Its share of all weight."`
	Points   Points `json:"points" doc:"Its part of the margin: positive for the option ahead, negative for the other."`
	Stable   *Range `json:"stable_weight" doc:"Share of the weight it may have with the outcome unchanged, the others in proportion. Null if that does not apply."`
	Firmness string `json:"stable_weight_text" doc:"The same in words, ends rounded inwards. Empty if any share leaves the outcome unchanged."`
	Stale    bool   `json:"stale" doc:"True if a fact behind its ratings is past its review date."`
	URL      string `json:"url" doc:"Address of its row in the table."`
	Cells    []Cell `json:"ratings" doc:"One rating for each option, in the order of options."`

	Row int `json:"-"` // its index in the edition
}

// A Cell is one option's rating on one criterion.
type Cell struct {
	Option  string   `json:"option" doc:"Id of the option."`
	Unknown bool     `json:"unknown" doc:"True if nobody knows. It then counts as 50, anywhere from 0 to 100."`
	Value   int      `json:"value" doc:"Rating from 0 to 100."`
	Low     int      `json:"low" doc:"Low end of the range the rating may lie in."`
	High    int      `json:"high" doc:"High end of that range."`
	Text    string   `json:"text" doc:"What is so."`
	Facts   []string `json:"facts" doc:"Ids of the facts behind the rating."`
}

// A Fact is one sourced statement the result rests on.
type Fact struct {
	ID        string           `json:"fact" doc:"Id of the fact."`
	Statement string           `json:"statement" doc:"What is so."`
	Strength  compare.Strength `json:"strength" doc:"How it came to be known."`
	Checked   compare.Date     `json:"checked" doc:"Day it was last checked."`
	ReviewBy  compare.Date     `json:"review_by" doc:"Day by which it should be checked again."`
	Stale     bool             `json:"stale" doc:"True if that day has passed."`
	URL       string           `json:"url" doc:"Address of the fact on the site."`
	Sources   []Source         `json:"sources" doc:"Where it can be read."`
}

// A Source is where a fact can be read.
type Source struct {
	Title     string `json:"title" doc:"Title of the source."`
	Publisher string `json:"publisher" doc:"Who published it."`
	URL       string `json:"url" doc:"Its address."`
	Date      string `json:"date" doc:"Its date as far as it is known: 2026, 2026-08, 2026-08-05 or undated."`
}

// Changes say what would change the outcome.
type Changes struct {
	Fewest int      `json:"fewest" doc:"Smallest number of other answers that change the outcome. 0 if none does, or if must rules leave it unknown."`
	Flips  []Flip   `json:"flips" doc:"The clearest changes of the answers that do, at most five."`
	More   int      `json:"more" doc:"How many more changes of that size there are."`
	Limits []string `json:"limits" doc:"How far weights and ratings are from changing the outcome, in sentences."`
}

// A Flip is a change of one or two answers after which another option leads.
type Flip struct {
	Changes []Change `json:"answers" doc:"The answers to change, one or two. All of one entry's choices do it."`
	Leader  string   `json:"leader" doc:"Id of the option that is then ahead. Empty if none is."`
	Outcome string   `json:"outcome" doc:"What then is so, in words."`
	URL     string   `json:"url" doc:"Link to the result after it, with the first choice of each answer."`
	Code    string   `json:"-"` // of that result
}

// A Change is one answer to change, with the choices that do.
type Change struct {
	Question string   `json:"question" doc:"Id of the question."`
	Text     string   `json:"text" doc:"The question."`
	Labels   []string `json:"labels" doc:"The choices, any of which does."`
}

// Choices writes the choices as prose: "“a” or “b”".
func (c Change) Choices() string {
	var words compare.Prose
	return quoted(&words, c.Labels)
}

// Open is what a result leaves open.
type Open struct {
	Questions  []OpenQuestion `json:"worth_answering" doc:"Questions not answered where some choice changes the outcome."`
	Unanswered int            `json:"unanswered" doc:"Number of questions not answered. They count for nothing."`
	Unknown    []Gap          `json:"unknown" doc:"Ratings nobody knows, by option."`
	Stale      *Gap           `json:"stale" doc:"Ratings with a fact past its review date. Null if there are none."`
	ChangeURL  string         `json:"change_url" doc:"Address of the form, filled in."`
}

// An OpenQuestion is a question not answered that is worth answering.
type OpenQuestion struct {
	Question  string `json:"question" doc:"Id of the question."`
	Text      string `json:"text" doc:"The question."`
	Label     string `json:"label" doc:"A choice that changes the outcome."`
	Leader    string `json:"leader" doc:"Id of the option that is then ahead. Empty if none is."`
	AnswerURL string `json:"answer_url" doc:"Address of the form, filled in, at this question."`
}

// A Gap is weight that lies on ratings not known well.
type Gap struct {
	Option   string   `json:"option" doc:"Id of the option. Empty for all options."`
	Criteria []string `json:"criteria" doc:"Ids of the criteria."`
	Weight   Ratio    `json:"weight" doc:"Share of the weight on them."`
	Text     string   `json:"text" doc:"The same in words."`
}
