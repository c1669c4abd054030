package main

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"time"

	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
)

// raw is a connection after the handshake, whose packets are written by hand, so that they can be wrong. CometBFT's SecretConnection
// lies below.
type raw struct {
	*conn.SecretConnection
	id p2p.ID
}

// connect dials, proves an identity of its own, and exchanges node information.
func connect(dial string, info func(p2p.NodeKey) p2p.DefaultNodeInfo) (raw, error) {
	key := newKey()
	address, err := p2p.NewNetAddressString(dial)
	if err != nil {
		return raw{}, err
	}
	socket, err := net.DialTimeout("tcp", address.DialString(), 3*time.Second)
	if err != nil {
		return raw{}, err
	}
	if err := socket.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return raw{}, err
	}
	secret, err := conn.MakeSecretConnection(socket, key.PrivKey)
	if err != nil {
		return raw{}, err
	}
	r := raw{secret, key.ID()}
	body, err := info(key).ToProto().Marshal()
	if err != nil {
		return r, err
	}
	if err := r.delimited(body); err != nil {
		return r, err
	}
	_, err = r.readDelimited()
	return r, err
}

func (r raw) delimited(body []byte) error {
	_, err := r.Write(append(binary.AppendUvarint(nil, uint64(len(body))), body...))
	return err
}

func (r raw) ReadByte() (byte, error) {
	var one [1]byte
	_, err := io.ReadFull(r.SecretConnection, one[:])
	return one[0], err
}

func (r raw) readDelimited() ([]byte, error) {
	length, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	if length > 1<<20 {
		return nil, errors.New("absurd length")
	}
	body := make([]byte, length)
	_, err = io.ReadFull(r.SecretConnection, body)
	return body, err
}

// packet is a PacketMsg in its Packet.
func packet(channel int64, eof bool, data []byte) []byte {
	var inner []byte
	if channel != 0 {
		inner = binary.AppendUvarint(append(inner, 0x08), uint64(channel))
	}
	if eof {
		inner = append(inner, 0x10, 1)
	}
	if len(data) > 0 {
		inner = binary.AppendUvarint(append(inner, 0x1a), uint64(len(data)))
		inner = append(inner, data...)
	}
	return append(binary.AppendUvarint([]byte{0x1a}, uint64(len(inner))), inner...)
}

// untilClosed reads until the other side ends the connection, and counts the pongs on the way.
func (r raw) untilClosed(limit time.Duration) (closed bool, pongs int) {
	_ = r.SetReadDeadline(time.Now().Add(limit))
	for {
		body, err := r.readDelimited()
		if err != nil {
			var timeout net.Error
			return !(errors.As(err, &timeout) && timeout.Timeout()), pongs
		}
		if len(body) > 0 && body[0] == 0x12 {
			pongs++
		}
	}
}
