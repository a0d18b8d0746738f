//go:build !race

package catalog_test

// slowdown is 1 where nothing watches the program.
const slowdown = 1
