package main

import (
	"bytes"
	"fmt"
	"sync"
	"time"

	"github.com/cosmos/gogoproto/types"

	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
)

func message(value []byte) *types.BytesValue { return &types.BytesValue{Value: value} }

// script plays its part on one connection, and compares what the other side says with what it has to say.
type script struct {
	p2p.BaseReactor
	messages int
	up       chan p2p.Peer
	lost     chan any
	heard    chan int64
	mutex    sync.Mutex
	next     [16]int
	left     int
	bytes    int64
}

func newScript(messages int) *script {
	s := &script{messages: messages, up: make(chan p2p.Peer, 1), lost: make(chan any, 1), heard: make(chan int64, 1)}
	for channel := range capacities {
		s.left += countOn(channel, messages)
	}
	s.BaseReactor = *p2p.NewBaseReactor("script", s)
	return s
}

func (s *script) GetChannels() []*conn.ChannelDescriptor { return descriptors() }

func (s *script) AddPeer(peer p2p.Peer) { s.up <- peer }

func (s *script) RemovePeer(_ p2p.Peer, reason any) { s.lost <- reason }

func (s *script) Receive(envelope p2p.Envelope) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	channel := int(envelope.ChannelID) - firstChannel
	value := envelope.Message.(*types.BytesValue).Value
	n := s.next[channel]
	if !bytes.Equal(value, payload(1, channel, n)) {
		fail(fmt.Sprintf("message %d on channel %02x differs: %d bytes came", n, envelope.ChannelID, len(value)))
	}
	s.next[channel]++
	s.bytes += int64(len(value))
	s.left--
	if s.left == 0 {
		s.heard <- s.bytes
	}
}

func (s *script) complete() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.left == 0
}

// say sends everything, all channels at once, and returns how many bytes of messages there were.
func (s *script) say(peer p2p.Peer) int64 {
	var all sync.WaitGroup
	var sent [16]int64
	for channel := range capacities {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := range countOn(channel, s.messages) {
				value := payload(0, channel, n)
				envelope := p2p.Envelope{ChannelID: byte(firstChannel + channel), Message: message(value)}
				// false after 10 s without room: the other side is slow, which is no failure
				for !peer.Send(envelope) {
					if !peer.IsRunning() {
						return
					}
				}
				sent[channel] += int64(len(value))
			}
		}()
	}
	all.Wait()
	var sum int64
	for _, bytes := range sent {
		sum += bytes
	}
	return sum
}

func oracle(chain, listen, dial string, messages int) {
	reactor := newScript(messages)
	sw, id := newSwitch(chain, listen, reactor)
	if err := sw.Start(); err != nil {
		fail(err)
	}
	fmt.Printf("listening %s@%s\n", id, listen)
	if dial != "" {
		address, err := p2p.NewNetAddressString(dial)
		if err != nil {
			fail(err)
		}
		if err := sw.DialPeerWithAddress(address); err != nil {
			fail("dialing: ", err)
		}
	}
	peer := <-reactor.up
	begin := time.Now()
	fmt.Printf("connected %s outbound=%t\n", peer.ID(), peer.IsOutbound())
	said := make(chan int64)
	go func() { said <- reactor.say(peer) }()
	var reason any
	select {
	case in := <-reactor.heard:
		reactor.heard <- in
	case reason = <-reactor.lost:
		// the last messages may have come just before
		if !reactor.complete() {
			fail("the connection ended: ", reason)
		}
	}
	out, in := <-said, <-reactor.heard
	seconds := time.Since(begin).Seconds()
	fmt.Printf("exact %d messages each way, %d bytes out, %d bytes in, %.1f s, %.1f MB/s\n",
		messages, out, in, seconds, float64(out+in)/1e6/seconds)
	// the other side hears the last of it and then ends the connection itself
	if reason == nil {
		reason = <-reactor.lost
	}
	fmt.Println("closed by the other side:", reason)
	if err := sw.Stop(); err != nil {
		fail(err)
	}
}
