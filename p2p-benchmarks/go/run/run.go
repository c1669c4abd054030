// Package run has what the workloads on CometBFT share: their parameters, what the system tells of the process, and the line of
// JSON that a run prints. Each process has both ends, and talks to loopback only.
package run

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Line is the fields of a run.
type Line map[string]any

// Begin makes the line of a run that is about to begin.
func Begin(bench string) Line {
	return Line{
		"bench": bench, "impl": "comet-go", "version": cometVersion(), "net": "comet-p2p", "go": runtime.Version(),
		"cores": runtime.NumCPU(), "load1": load1(),
	}
}

// Print writes the line to standard output.
func (l Line) Print() {
	text, err := json.Marshal(l)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}

// Waits sets the percentiles of waits.
func (l Line) Waits(waits []time.Duration) {
	sort.Slice(waits, func(i, j int) bool { return waits[i] < waits[j] })
	at := func(share float64) float64 {
		index := min(len(waits)-1, int(share*float64(len(waits))))
		return waits[index].Seconds() * 1e3
	}
	l["samples"] = len(waits)
	if len(waits) > 0 {
		l["p50Ms"], l["p90Ms"], l["p99Ms"], l["maxMs"] = at(0.5), at(0.9), at(0.99), at(1)
	}
}

// Usage is the CPU time of this process in seconds.
type Usage struct{ User, System float64 }

// Used is the CPU time so far.
func Used() Usage {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return Usage{seconds(usage.Utime), seconds(usage.Stime)}
}

// Since is what was used after an earlier look.
func (u Usage) Since(before Usage) Usage {
	return Usage{u.User - before.User, u.System - before.System}
}

// CPU sets the CPU time, and returns the sum.
func (l Line) CPU(used Usage) float64 {
	l["cpuUser"], l["cpuSys"] = used.User, used.System
	return used.User + used.System
}

// Number is a parameter of the command line.
func Number(index, otherwise int) int {
	if len(os.Args) <= index {
		return otherwise
	}
	value, err := strconv.Atoi(os.Args[index])
	if err != nil {
		panic(err)
	}
	return value
}

func cometVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/cometbft/cometbft" {
			return strings.TrimPrefix(module.Version, "v")
		}
	}
	return "unknown"
}

func load1() float64 {
	text, _ := os.ReadFile("/proc/loadavg")
	value, _ := strconv.ParseFloat(strings.Fields(string(text))[0], 64)
	return value
}
