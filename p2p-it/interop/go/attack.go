package main

import (
	"bytes"
	"fmt"
	"time"

	"github.com/cometbft/cometbft/p2p"
)

// breach is one rule broken on a connection of its own. The reason is the word that the node has for it.
type breach struct {
	name   string
	reason string
	commit func(r raw) error
}

var breaches = []breach{
	{"a message one byte longer than its channel allows", "too-large", func(r raw) error {
		rest := 64001
		for rest > 0 {
			size := min(rest, 1024)
			rest -= size
			if err := r.delimited(packet(0, rest == 0, make([]byte, size))); err != nil {
				return nil // closed while we were still sending
			}
		}
		return nil
	}},
	{"a packet longer than any version sends", "too-large", func(r raw) error {
		_ = r.delimited(packet(0, true, make([]byte, 70000)))
		return nil
	}},
	{"a channel that the node does not serve", "unknown-channel", func(r raw) error {
		return r.delimited(packet(0x7e, true, []byte{1}))
	}},
	{"a channel number that would alias channel 00 as a byte", "unknown-channel", func(r raw) error {
		return r.delimited(packet(256, true, []byte{0x0a, 0}))
	}},
	{"a negative channel number", "unknown-channel", func(r raw) error {
		return r.delimited(packet(-1, true, []byte{0x0a, 0}))
	}},
	{"a packet of no kind", "bad-packet", func(r raw) error { return r.delimited([]byte{0x3a, 0}) }},
	{"bytes that are no packet", "bad-packet", func(r raw) error {
		return r.delimited(bytes.Repeat([]byte{0xff}, 40))
	}},
	{"an empty message where an envelope belongs", "undecodable-message", func(r raw) error {
		return r.delimited(packet(0, true, nil))
	}},
	{"addresses that nobody asked for", "reported", func(r raw) error {
		return r.delimited(packet(0, true, []byte{0x12, 0}))
	}},
	{"forty requests for addresses at once", "reported", func(r raw) error {
		for range 40 {
			if err := r.delimited(packet(0, true, []byte{0x0a, 0})); err != nil {
				return nil
			}
		}
		return nil
	}},
}

// attack commits all breaches, one after the other, while an honest connection watches.
func attack(chain, dial string) {
	honest := func(key p2p.NodeKey) p2p.DefaultNodeInfo { return nodeInfo(key, chain, "127.0.0.1:0", []byte{0}) }
	witness, err := connect(dial, honest)
	if err != nil {
		fail("the honest connection: ", err)
	}
	fmt.Printf("witness %s\n", witness.id)
	for _, b := range breaches {
		r, err := connect(dial, honest)
		if err != nil {
			fail(b.name, ": ", err)
		}
		if err := b.commit(r); err != nil {
			fail(b.name, ": ", err)
		}
		closed, _ := r.untilClosed(10 * time.Second)
		if !closed {
			fail(b.name, ": the connection is still open after 10 s")
		}
		fmt.Printf("closed %s %s %s\n", r.id, b.reason, b.name)
		_ = r.Close()
	}
	pings(dial, honest)
	if err := witness.delimited([]byte{0x0a, 0}); err != nil {
		fail("the honest connection: ", err)
	}
	if closed, pongs := witness.untilClosed(2 * time.Second); closed || pongs != 1 {
		fail(fmt.Sprintf("the honest connection: closed=%t, pongs=%d", closed, pongs))
	}
	fmt.Printf("unharmed %s the honest connection\n", witness.id)
}

// pings: fifty at once are allowed, and need not be answered one by one.
func pings(dial string, info func(p2p.NodeKey) p2p.DefaultNodeInfo) {
	r, err := connect(dial, info)
	if err != nil {
		fail("pings: ", err)
	}
	for range 50 {
		if err := r.delimited([]byte{0x0a, 0}); err != nil {
			fail("pings: ", err)
		}
	}
	closed, pongs := r.untilClosed(2 * time.Second)
	if closed || pongs < 1 || pongs > 50 {
		fail(fmt.Sprintf("fifty pings at once: closed=%t, pongs=%d", closed, pongs))
	}
	fmt.Printf("unharmed %s fifty pings at once, answered by %d pongs\n", r.id, pongs)
	_ = r.Close()
}
