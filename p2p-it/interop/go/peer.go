package main

import (
	"github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
)

const unlimited = 1 << 40

// nodeInfo is what a peer with these channels tells of itself.
func nodeInfo(key p2p.NodeKey, chain, listen string, channels []byte) p2p.DefaultNodeInfo {
	return p2p.DefaultNodeInfo{
		ProtocolVersion: p2p.NewProtocolVersion(8, 11, 1),
		DefaultNodeID:   key.ID(),
		ListenAddr:      listen,
		Network:         chain,
		Version:         "interop",
		Channels:        channels,
		Moniker:         "interop-go",
	}
}

func newKey() p2p.NodeKey { return p2p.NodeKey{PrivKey: ed25519.GenPrivKey()} }

// newSwitch is CometBFT's switch on its own transport, without rate limits, with one reactor.
func newSwitch(chain, listen string, reactor p2p.Reactor) (*p2p.Switch, p2p.ID) {
	key := newKey()
	cfg := config.DefaultP2PConfig()
	cfg.AllowDuplicateIP = true
	cfg.SendRate = unlimited
	cfg.RecvRate = unlimited
	var channels []byte
	for _, descriptor := range reactor.GetChannels() {
		channels = append(channels, descriptor.ID)
	}
	info := nodeInfo(key, chain, listen, channels)
	transport := p2p.NewMultiplexTransport(info, key, p2p.MConnConfig(cfg))
	address, err := p2p.NewNetAddressString(p2p.IDAddressString(key.ID(), listen))
	if err != nil {
		fail(err)
	}
	if err := transport.Listen(*address); err != nil {
		fail(err)
	}
	sw := p2p.NewSwitch(cfg, transport)
	sw.AddReactor("script", reactor)
	sw.SetNodeInfo(info)
	sw.SetNodeKey(&key)
	return sw, key.ID()
}

// descriptors are the channels of the script.
func descriptors() []*conn.ChannelDescriptor {
	var all []*conn.ChannelDescriptor
	for i, capacity := range capacities {
		all = append(all, &conn.ChannelDescriptor{
			ID:                  byte(firstChannel + i),
			Priority:            i + 1,
			SendQueueCapacity:   20,
			RecvMessageCapacity: capacity,
			MessageType:         message(nil),
		})
	}
	return all
}
