package templates

import (
	"strings"

	"tiebreak/internal/compare"
)

// licenceURL names the licence that the results are under, which is that of
// the whole repository.
const licenceURL = "https://spdx.org/licenses/MIT"

// A dataset is schema.org's form of the results of one measurement.
type dataset struct {
	Context      string            `json:"@context"`
	Type         string            `json:"@type"`
	ID           string            `json:"@id"`
	URL          string            `json:"url"`
	Name         string            `json:"name"`
	Description  string            `json:"description"`
	Language     string            `json:"inLanguage"`
	Licence      string            `json:"license"`
	Free         bool              `json:"isAccessibleForFree"`
	Creator      reviewAuthor      `json:"creator"`
	Modified     compare.Date      `json:"dateModified"`
	Measured     []datasetProperty `json:"variableMeasured"`
	Technique    string            `json:"measurementTechnique"`
	Distribution []datasetDownload `json:"distribution"`
}

type datasetProperty struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	Unit string `json:"unitText"`
}

type datasetDownload struct {
	Type   string `json:"@type"`
	Format string `json:"encodingFormat"`
	URL    string `json:"contentUrl"`
}

// datasetOf returns the structured data of a measurement that has been run, on
// the page that head is of.
func datasetOf(head Head, c *compare.Comparison, m *compare.Measurement) dataset {
	site := strings.TrimSuffix(head.Canonical, MeasurementPath(c, m.ID))
	address := site + MeasurementPath(c, m.ID)
	d := dataset{
		Context: "https://schema.org", Type: "Dataset", ID: address, URL: address,
		Name: m.Title + ": " + optionNames(c.Options, "and"), Description: m.Question + " " + m.Method,
		Language: "en", Licence: licenceURL, Free: true, Modified: m.Results.Date, Technique: m.Method,
		Creator:      reviewAuthor{Type: "Organization", Name: head.siteName(), URL: site + HomePath},
		Distribution: []datasetDownload{{"DataDownload", "application/json", site + MeasurementDataPath(c, m.ID)}},
	}
	for _, q := range m.Workload.Quantities() {
		d.Measured = append(d.Measured, datasetProperty{"PropertyValue", q.Name, q.Unit})
	}
	return d
}
