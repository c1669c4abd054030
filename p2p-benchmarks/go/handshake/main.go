// Command handshake is workload W5 on CometBFT: one listening transport, a few clients, each with its own key and transport,
// which dial, shake hands (keys, proofs, node information), get a peer and close it. Prints one line of JSON.
//
//	handshake [CLIENTS [WARM_UP_SECONDS [SECONDS]]]
//
// The process has both sides, so the CPU time of a pair is that of the process, connect and close included. It talks to
// loopback only.
package main

import (
	"fmt"
	"net"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"

	"p2p.dev/benchmarks/run"
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

// The transport does not tell which port it was given, so it has to be given one.
func freePort() string {
	probe, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer probe.Close()
	return probe.Addr().String()
}

func main() {
	clients, warmUp, seconds := run.Number(1, 8), run.Number(2, 1), run.Number(3, 4)
	line := run.Begin("handshake")
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
	waits := make([][]time.Duration, clients)
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
					waits[client] = append(waits[client], time.Since(began))
				}
			}
		}(i)
	}
	time.Sleep(time.Duration(warmUp) * time.Second)
	failed.Store(0)
	before := run.Used()
	began := time.Now()
	measuring.Store(true)
	time.Sleep(time.Duration(seconds) * time.Second)
	measuring.Store(false)
	elapsed := time.Since(began).Seconds()
	total := line.CPU(run.Used().Since(before))
	stop.Store(true)
	all.Wait()

	var together []time.Duration
	for _, each := range waits {
		together = append(together, each...)
	}
	if len(together) == 0 {
		panic(firstFailure.Load())
	}
	count := float64(len(together))
	line["clients"], line["seconds"], line["handshakes"], line["failed"] = clients, elapsed, len(together), failed.Load()
	line["perSec"], line["perCoreSec"], line["cpuUsPerPair"] = count/elapsed, count/total, total*1e6/count
	line.Waits(together)
	line.Print()
}
