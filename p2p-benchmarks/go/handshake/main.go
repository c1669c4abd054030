// Command handshake is workload W5 on CometBFT: one listening transport, a few clients, each with its own key and transport,
// which dial, shake hands (keys, proofs, node information), get a peer and close it. Prints one line of JSON.
//
//	handshake [CLIENTS [WARM_UP_SECONDS [SECONDS]]]
//
// The process has both sides, so the CPU time of a pair is that of the process, connect and close included. It talks to
// loopback only.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
)

// The channels of a full node.
var channels = []byte{0x40, 0x20, 0x21, 0x22, 0x23, 0x30, 0x38, 0x60, 0x61, 0x00}

// A transport with its dial and accept, whose last parameter has a type that CometBFT does not export. Its zero value makes a
// peer without channels of its own, so no receive buffers are allocated: the cheapest peer there is.
type node struct {
	transport *p2p.MultiplexTransport
	key       p2p.NodeKey
	dial      reflect.Value
	accept    reflect.Value
	config    reflect.Value
}

func newNode(number int) *node {
	key := p2p.NodeKey{PrivKey: ed25519.GenPrivKey()}
	info := p2p.DefaultNodeInfo{
		ProtocolVersion: p2p.NewProtocolVersion(8, 11, 0),
		DefaultNodeID:   key.ID(),
		ListenAddr:      "127.0.0.1:26656",
		Network:         "bench",
		Version:         "0.38.25",
		Channels:        channels,
		Moniker:         fmt.Sprintf("node-%d", number),
	}
	transport := p2p.NewMultiplexTransport(info, key, conn.DefaultMConnConfig())
	value := reflect.ValueOf(transport)
	dial := value.MethodByName("Dial")
	return &node{transport, key, dial, value.MethodByName("Accept"), reflect.Zero(dial.Type().In(1))}
}

func peer(results []reflect.Value) (p2p.Peer, error) {
	if err, failed := results[1].Interface().(error); failed {
		return nil, err
	}
	return results[0].Interface().(p2p.Peer), nil
}

func (n *node) dialOnce(address p2p.NetAddress) error {
	made, err := peer(n.dial.Call([]reflect.Value{reflect.ValueOf(address), n.config}))
	if err != nil {
		return err
	}
	n.transport.Cleanup(made)
	return nil
}

func (n *node) acceptForEver() {
	for {
		made, err := peer(n.accept.Call([]reflect.Value{n.config}))
		if err == nil {
			n.transport.Cleanup(made)
		}
	}
}

func cpu() (user, system float64) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime), seconds(usage.Stime)
}

func number(index, otherwise int) int {
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

// The transport does not tell which port it was given, so it has to be given one.
func freePort() string {
	probe, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer probe.Close()
	return probe.Addr().String()
}

func load1() float64 {
	text, _ := os.ReadFile("/proc/loadavg")
	value, _ := strconv.ParseFloat(strings.Fields(string(text))[0], 64)
	return value
}

func main() {
	clients, warmUp, seconds := number(1, 8), number(2, 1), number(3, 4)
	load := load1()
	server := newNode(0)
	listen, err := p2p.NewNetAddressString(p2p.IDAddressString(server.key.ID(), freePort()))
	if err != nil {
		panic(err)
	}
	if err := server.transport.Listen(*listen); err != nil {
		panic(err)
	}
	address := server.transport.NetAddress()
	go server.acceptForEver()

	var failed atomic.Int64
	var measuring, stop atomic.Bool
	var firstFailure atomic.Value
	waits := make([][]float64, clients)
	var all sync.WaitGroup
	for i := 0; i < clients; i++ {
		all.Add(1)
		go func(client int) {
			defer all.Done()
			own := newNode(client + 1)
			for !stop.Load() {
				began := time.Now()
				if err := own.dialOnce(address); err != nil {
					failed.Add(1)
					firstFailure.CompareAndSwap(nil, err.Error())
				} else if measuring.Load() {
					waits[client] = append(waits[client], time.Since(began).Seconds()*1e3)
				}
			}
		}(i)
	}
	time.Sleep(time.Duration(warmUp) * time.Second)
	failed.Store(0)
	user0, system0 := cpu()
	began := time.Now()
	measuring.Store(true)
	time.Sleep(time.Duration(seconds) * time.Second)
	measuring.Store(false)
	elapsed := time.Since(began).Seconds()
	user1, system1 := cpu()
	stop.Store(true)
	all.Wait()

	var sorted []float64
	for _, each := range waits {
		sorted = append(sorted, each...)
	}
	if len(sorted) == 0 {
		panic(firstFailure.Load())
	}
	sort.Float64s(sorted)
	count := float64(len(sorted))
	total := user1 - user0 + system1 - system0
	line, err := json.Marshal(map[string]any{
		"bench": "handshake", "impl": "comet-go", "version": cometVersion(), "net": "comet-p2p", "go": runtime.Version(),
		"cores": runtime.NumCPU(), "load1": load, "clients": clients, "seconds": elapsed, "handshakes": len(sorted),
		"failed": failed.Load(), "perSec": count / elapsed, "perCoreSec": count / total, "cpuUsPerPair": total * 1e6 / count,
		"cpuUser": user1 - user0, "cpuSys": system1 - system0,
		"p50Ms": sorted[len(sorted)/2], "p99Ms": sorted[len(sorted)*99/100],
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}
