package web

import (
	"github.com/go-chi/chi/v5"

	"tiebreak/internal/report"
)

// routes registers every address of the site. Its builder in package templates
// is the only other place where an address is written.
func (s *server) routes(r chi.Router) {
	r.Get("/", s.handle(s.home))
	for _, page := range s.catalog.Pages() {
		r.Get("/"+page.Name, s.handle(s.fixed(page.Name)))
	}
	r.Get("/{comparison}", s.handle(s.article))
	r.Get("/{comparison}/table", s.handle(s.table))
	r.Get("/{comparison}/table.csv", s.handle(s.tableCSV))
	r.Get("/{comparison}/table.json", s.handle(s.tableJSON))
	r.Get("/{comparison}/claims", s.handle(s.claims))
	r.Get("/{comparison}/sources", s.handle(s.sources))
	r.Get("/{comparison}/questions", s.handle(s.questions))
	r.Post("/{comparison}/questions", s.handle(s.submit))
	r.Get("/{comparison}/score", s.handle(s.scoreParams))
	r.Get("/{comparison}/result/{code}", s.handle(s.result))
	r.Get("/{comparison}/result/{code}.json", s.export("json", typeJSON, (*report.Report).JSON))
	r.Get("/{comparison}/result/{code}.csv", s.export("csv", typeCSV, resultCSV))
	r.Get("/{comparison}/result/{code}.md", s.export("md", typeMarkdown, resultMarkdown))
	r.Get("/{comparison}/result/{code}.svg", s.export("svg", typeSVG, (*report.Report).CardSVG, shown()))
	r.Get("/{comparison}/result/{code}.png", s.export("png", typePNG, (*report.Report).CardPNG, shown()))
	r.Get("/schema/result.json", s.handle(s.schema))
	r.Get("/{comparison}/together", s.handle(s.together))
	r.Get("/{comparison}/together.json", s.handle(s.togetherJSON))
	r.Get("/{comparison}/together.md", s.handle(s.togetherMarkdown))

	r.Get("/static/{name}", s.handle(s.asset))
	r.Get("/favicon.ico", s.handle(s.favicon))
	r.Get("/robots.txt", s.handle(s.robots))
	r.Get("/sitemap.xml", s.handle(s.sitemap))
	r.Get("/feed.atom", s.handle(s.feed))
	r.Get("/healthz", s.handle(s.alive))
	r.Get("/livez", s.handle(s.alive))
	r.Get("/readyz", s.handle(s.readiness))
}
