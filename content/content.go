// Package content holds the content of the site: what is compared, the facts,
// the questions and the texts. Package catalog reads and checks it.
package content

import "embed"

// Files is the content folder: site.yaml, the fixed pages and one folder for
// each comparison.
//
//go:embed site.yaml pages *-vs-*
var Files embed.FS
