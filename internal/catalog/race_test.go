//go:build race

package catalog_test

// slowdown is what the race detector costs.
const slowdown = 12
