// Command mconn is workloads W4 and W7 on CometBFT's connection layer: two ends, SecretConnection done, an MConnection on each,
// no switch and no encoding above packets, rates lifted. Prints one line of JSON.
//
//	mconn throughput [SIZE [WARM_UP_SECONDS [SECONDS]]]   one sender in a loop with the same message
//	mconn urgent [no-bulk]                                100 bytes every 10 ms, alone or beside 64 KiB messages without pause
package main

import (
	"encoding/binary"
	"net"
	"os"
	"sync/atomic"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/p2p/conn"

	"p2p.dev/benchmarks/run"
)

const (
	bulkChannel   = 0x30
	urgentChannel = 0x22
	bulkBytes     = 64 << 10
	urgentBytes   = 100
	largest       = 22_020_096
)

// start runs an MConnection with lifted rates on one end.
func start(raw net.Conn, channels []*conn.ChannelDescriptor, receive func(byte, []byte)) *conn.MConnection {
	secret, err := conn.MakeSecretConnection(raw, ed25519.GenPrivKey())
	if err != nil {
		panic(err)
	}
	config := conn.DefaultMConnConfig()
	config.SendRate, config.RecvRate = 0, 0
	made := conn.NewMConnectionWithConfig(secret, channels, receive, func(any) {}, config)
	made.SetLogger(log.NewNopLogger())
	if err := made.Start(); err != nil {
		panic(err)
	}
	return made
}

// pair connects two ends over loopback and returns the sending one.
func pair(channels func() []*conn.ChannelDescriptor, receive func(byte, []byte)) *conn.MConnection {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer listener.Close()
	accepted := make(chan struct{})
	go func() {
		raw, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		start(raw, channels(), receive)
		close(accepted)
	}()
	raw, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		panic(err)
	}
	sender := start(raw, channels(), func(byte, []byte) {})
	<-accepted
	return sender
}

func throughput() {
	size, warmUp, seconds := run.Number(2, 100), run.Number(3, 1), run.Number(4, 4)
	line := run.Begin("throughput")
	var messages, bytes atomic.Int64
	sender := pair(func() []*conn.ChannelDescriptor {
		return []*conn.ChannelDescriptor{
			{ID: bulkChannel, Priority: 5, SendQueueCapacity: 1_000, RecvMessageCapacity: largest},
		}
	}, func(_ byte, message []byte) {
		messages.Add(1)
		bytes.Add(int64(len(message)))
	})
	go func() {
		message := make([]byte, size)
		for sender.Send(bulkChannel, message) {
		}
	}()
	time.Sleep(time.Duration(warmUp) * time.Second)
	before, began := run.Used(), time.Now()
	messagesBefore, bytesBefore := messages.Load(), bytes.Load()
	time.Sleep(time.Duration(seconds) * time.Second)
	count, volume := float64(messages.Load()-messagesBefore), float64(bytes.Load()-bytesBefore)
	elapsed := time.Since(began).Seconds()
	total := line.CPU(run.Used().Since(before))
	line["size"], line["seconds"], line["received"], line["bytes"] = size, elapsed, count, volume
	line["mbPerSec"], line["msgPerSec"] = volume/1e6/elapsed, count/elapsed
	line["cpuPerGb"], line["cpuUsPerMsg"] = total/(volume/1e9), total*1e6/count
	line.Print()
}

func urgent(withBulk bool) {
	const warmUp, measured = 2 * time.Second, 8 * time.Second
	line := run.Begin("urgent")
	epoch := time.Now()
	var bulk atomic.Int64
	var measuring atomic.Bool
	waits := make(chan time.Duration, 10_000)
	sender := pair(func() []*conn.ChannelDescriptor {
		return []*conn.ChannelDescriptor{
			{ID: bulkChannel, Priority: 1, SendQueueCapacity: 100, RecvMessageCapacity: largest},
			{ID: urgentChannel, Priority: 10, SendQueueCapacity: 100, RecvMessageCapacity: largest},
		}
	}, func(channel byte, message []byte) {
		if channel == bulkChannel {
			bulk.Add(int64(len(message)))
		} else if measuring.Load() {
			waits <- time.Since(epoch) - time.Duration(binary.BigEndian.Uint64(message))
		}
	})
	if withBulk {
		go func() {
			message := make([]byte, bulkBytes)
			for sender.Send(bulkChannel, message) {
			}
		}()
	}
	sendFor := func(length time.Duration) {
		for end := time.Now().Add(length); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			message := make([]byte, urgentBytes)
			binary.BigEndian.PutUint64(message, uint64(time.Since(epoch)))
			sender.Send(urgentChannel, message)
		}
	}
	sendFor(warmUp)
	measuring.Store(true)
	before, began, bulkBefore := run.Used(), time.Now(), bulk.Load()
	sendFor(measured)
	elapsed := time.Since(began).Seconds()
	line["bulkMbPerSec"] = float64(bulk.Load()-bulkBefore) / 1e6 / elapsed
	line.CPU(run.Used().Since(before))
	measuring.Store(false)
	var all []time.Duration
	for len(waits) > 0 {
		all = append(all, <-waits)
	}
	line["bulk"], line["size"], line["seconds"] = withBulk, urgentBytes, elapsed
	line.Waits(all)
	line.Print()
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "urgent" {
		urgent(len(os.Args) < 3 || os.Args[2] != "no-bulk")
	} else {
		throughput()
	}
}
