package templates

// An export is one form in which a result can be taken along.
type export struct{ form, name, what string }

func exports() []export {
	return []export{
		{"md", "Decision record", "in Markdown, laid out as MADR 4, to keep beside your code"},
		{"csv", "Table", "in CSV: what every answer and criterion contributed"},
		{"json", "Data", "in JSON, with everything on this page"},
		{"png", "Card", "as PNG, for slides and chats"},
		{"svg", "Card", "as SVG, for print"},
	}
}
