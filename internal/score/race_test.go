//go:build race

package score

// raceDetector says that the race detector watches the program.
const raceDetector = true
