package web

import (
	"github.com/go-chi/chi/v5"

	"tiebreak/internal/report"
)

// routes registers every address of the site. Its builder in package templates
// is the only other place where an address is written.
func (s *server) routes(r chi.Router) {
	r.Get("/", s.kept(s.home))
	for _, page := range s.catalog.Pages() {
		r.Get("/"+page.Name, s.kept(s.fixed(page.Name)))
	}
	r.Get("/search", s.costly(s.kept(s.search)))
	r.Get("/{comparison}", s.kept(s.article))
	r.Get("/{comparison}/table", s.kept(s.table))
	r.Get("/{comparison}/table.csv", s.kept(s.tableCSV))
	r.Get("/{comparison}/table.json", s.kept(s.tableJSON))
	r.Get("/{comparison}/claims", s.kept(s.claims))
	r.Get("/{comparison}/measurements", s.kept(s.measurements))
	r.Get("/{comparison}/measurements/{id}", s.kept(s.measurement))
	r.Get("/{comparison}/measurements/{id}.json", s.kept(s.measurementJSON))
	r.Get("/{comparison}/sources", s.kept(s.sources))
	r.Get("/{comparison}/sources.json", s.kept(s.sourcesJSON))
	r.Get("/{comparison}/questions", s.kept(s.questions))
	r.Post("/{comparison}/questions", s.handle(s.submit))
	r.Get("/{comparison}/score", s.handle(s.scoreParams))
	r.Get("/{comparison}/result/{code}", s.handle(s.result))
	r.Get("/{comparison}/result/{code}.json", s.export("json", typeJSON, (*report.Report).JSON))
	r.Get("/{comparison}/result/{code}.csv", s.export("csv", typeCSV, resultCSV))
	r.Get("/{comparison}/result/{code}.md", s.export("md", typeMarkdown, resultMarkdown))
	r.Get("/{comparison}/result/{code}.svg", s.costly(s.export("svg", typeSVG, (*report.Report).CardSVG, shown())))
	r.Get("/{comparison}/result/{code}.png", s.costly(s.export("png", typePNG, (*report.Report).CardPNG, shown())))
	r.Get("/schema/result.json", s.kept(s.schema))
	r.Get("/{comparison}/together", s.costly(s.handle(s.together)))
	r.Get("/{comparison}/together.json", s.costly(s.handle(s.togetherJSON)))
	r.Get("/{comparison}/together.md", s.costly(s.handle(s.togetherMarkdown)))

	r.Get(assetRoute, s.handle(s.asset))
	r.Get("/favicon.ico", s.handle(s.favicon))
	r.Get("/robots.txt", s.kept(s.robots))
	r.Get("/manifest.webmanifest", s.kept(s.manifest))
	r.Get("/llms.txt", s.kept(s.guide))
	r.Get("/sitemap.xml", s.kept(s.sitemap))
	r.Get("/feed.atom", s.kept(s.feed))
	r.Get("/healthz", s.handle(s.alive))
	r.Get("/livez", s.handle(s.alive))
	r.Get("/readyz", s.handle(s.readiness))
}
