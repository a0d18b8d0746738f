package report

import (
	"fmt"
	"slices"
	"strings"

	"tiebreak/internal/escape"
)

// JSON writes the joint report as indented JSON.
func (j *Joint) JSON() ([]byte, error) { return encode(j) }

// Markdown writes the joint report as a page to paste into a document.
func (j *Joint) Markdown() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", escape.Markdown(j.Comparison.Title), escape.Markdown(j.Headline))
	for _, s := range slices.Concat(j.Firmness, j.Notices) {
		fmt.Fprintf(&b, "%s\n\n", escape.Markdown(s))
	}
	b.WriteString("## Each person alone\n\n| Who | Own result | Own margin | Part of the joint margin |\n|---|---|---|---|\n")
	for _, p := range j.People {
		part := p.Points.Size().String()
		if o := j.Speaks(p.Points); o != nil {
			part += " to " + escape.MarkdownCell(o.Name)
		}
		fmt.Fprintf(&b, "| %s | [%s](%s) | %s | %s |\n", escape.MarkdownCell(p.Name), escape.MarkdownCell(p.Headline), p.URL, p.Margin, part)
	}
	matter, differ, agree := j.Divided()
	for _, part := range []struct {
		title   string
		spreads []Spread
	}{
		{"Disagreements that matter", matter},
		{"Disagreements that would not change the outcome", differ},
		{"What all agree on", agree},
	} {
		if len(part.spreads) > 0 {
			fmt.Fprintf(&b, "\n## %s\n", part.title)
			writeSpreads(&b, part.spreads)
		}
	}
	fmt.Fprintf(&b, "\n## More information\n\n- [These results side by side](%s)\n- Edition %d of the questions and ratings\n", j.URL, j.Edition.Number)
	return []byte(b.String())
}

func writeSpreads(b *strings.Builder, spreads []Spread) {
	for _, s := range spreads {
		fmt.Fprintf(b, "\n- %s\n", escape.Markdown(s.Text))
		for _, g := range s.Given {
			fmt.Fprintf(b, "  - %s: %s\n", escape.Markdown(g.Answer()), strings.TrimSpace(escape.Markdown(g.Who()+". "+g.IfAll)))
		}
	}
}
