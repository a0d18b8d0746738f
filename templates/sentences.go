package templates

import (
	"fmt"

	"tiebreak/internal/score"
)

// headline is the decision in one sentence.
func headline(d *score.Decision) string {
	switch d.Verdict {
	case score.NoAnswers:
		return "No decision yet: nothing here has been given any weight."
	case score.NoneQualifies:
		return "No option meets everything marked as a must."
	case score.OnlyOne:
		return "Only " + leaderName(d) + " meets everything marked as a must."
	case score.Tie:
		return "Too close to call: the best options come out exactly equal."
	case score.Close:
		return "Too close to call, with " + leaderName(d) + " a little ahead."
	case score.Leans:
		return "These answers lean to " + leaderName(d) + "."
	default:
		return "These answers clearly favour " + leaderName(d) + "."
	}
}

func leaderName(d *score.Decision) string { return d.Edition.Options[d.Leader()].Name }

// firmness says in plain words how sure the decision is.
func firmness(d *score.Decision) []string {
	switch d.Verdict {
	case score.NoAnswers:
		return []string{"Every question was left at “Not sure”, or the answers given change no weight. That is no verdict on either option: answer the questions you can."}
	case score.NoneQualifies:
		return []string{"Each option falls below a minimum you set. Below is which answer rules out which option; take the must off one of them to see the rest."}
	case score.OnlyOne:
		return []string{"The others are ruled out whatever their scores. Below is which answer does it."}
	}
	sentences := []string{marginSentence(d)}
	if d.Robustness.Draws > 0 {
		sentences = append(sentences, robustSentence(d))
	}
	if d.Thin {
		sentences = append(sentences, fmt.Sprintf("Only %s given, so take this as a first hint.", answersAre(d.Answered)))
	}
	return sentences
}

func answersAre(n int) string {
	if n == 1 {
		return "one answer was"
	}
	return fmt.Sprintf("%d answers were", n)
}

func marginSentence(d *score.Decision) string {
	p := d.Versus[0]
	options := d.Edition.Options
	return fmt.Sprintf("%s scores %s and %s %s of 100 points, a margin of %s.",
		options[p.A].Name, tenths(d.ScoreOf(p.A)), options[p.B].Name, tenths(d.ScoreOf(p.B)), tenths(p.Tenths))
}

func robustSentence(d *score.Decision) string {
	r := d.Robustness
	lead := percent(r.Options[d.Leader()].Credits, r.Credits)
	if d.Verdict == score.Tie {
		return fmt.Sprintf("In %s variations of these marks and our ratings, %s comes first in %s.",
			thousands(r.Draws), leaderName(d), lead)
	}
	return fmt.Sprintf("%s stays ahead in %s of %s variations, in which every importance mark is halved, kept or doubled and every rating moves within its range.",
		leaderName(d), lead, thousands(r.Draws))
}

// balanceCaption is the line under the balance.
func balanceCaption(d *score.Decision) string {
	switch d.Verdict {
	case score.OnlyOne, score.NoneQualifies:
		return "What the weights alone would say, without the must rules. The beam turns by one degree for two points."
	}
	return "Scores out of 100. The beam turns by one degree for two points of margin, up to 14 degrees."
}

// effectsIntro explains the table of answers.
func effectsIntro(d *score.Decision, p score.Pair) string {
	if p.Tenths == 0 {
		return "Each bar points to the option the answer speaks for. Together they cancel out to the last tenth."
	}
	return fmt.Sprintf("Each bar points to the option the answer speaks for. Together they come to the margin of %s points, to the last tenth.", tenths(p.Tenths))
}

// towards writes a contribution with the option it speaks for: "14.5 Node.js".
func towards(d *score.Decision, p score.Pair, n int) string {
	switch {
	case n == 0:
		return "0.0"
	case n > 0:
		return tenths(n) + " " + d.Edition.Options[p.A].Name
	default:
		return tenths(-n) + " " + d.Edition.Options[p.B].Name
	}
}

// contradictions names answers that do not go together well. They are noted,
// never blocked.
func contradictions(d *score.Decision) []string {
	var notes []string
	if d.Unverified {
		notes = append(notes, "A must you set cannot be checked for certain for "+leaderName(d)+": its rating there may lie below the minimum. Look at it yourself before you decide.")
	}
	return notes
}

func abs(n int) int { return max(n, -n) }

// sidesOf returns the options of a pair in content order, so that neither gets
// the better place.
func sidesOf(p score.Pair) [2]int { return [2]int{min(p.A, p.B), max(p.A, p.B)} }

// Headline is the decision in one sentence, as the title of its page.
func Headline(d *score.Decision) string { return headline(d) }

// ResultDescription is the decision in two sentences, for where its link is shown.
func ResultDescription(d *score.Decision) string { return firmness(d)[0] }
