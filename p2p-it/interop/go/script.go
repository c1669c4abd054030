package main

// The script: what passes between the two sides, computed by each for itself. The reactor on the other side (ScriptedChannel.java)
// has the same arithmetic.

const firstChannel = 0x50

// capacities are the longest encoded messages of the channels, in the order of the channels: around the borders of one packet
// (1024), of one byte of length (127, 128) and up to the consensus reactor's 1 MiB.
var capacities = [16]int{
	3, 5, 127, 130, 1023, 1024, 1025, 4096,
	10000, 64000, 65536, 100000,
	200000, 500000, 1000000, 1048576,
}

// shares say how many of ten thousand messages go over each channel: few large ones, many small ones.
var shares = [16]int{
	1000, 1000, 1000, 1100, 1100, 1100, 1100, 1100,
	400, 400, 400, 200,
	25, 25, 25, 25,
}

func countOn(channel, messages int) int { return messages * shares[channel] / 10000 }

// generator is SplitMix64 (Steele, Lea, Flood 2014).
type generator uint64

func (g *generator) next() uint64 {
	*g += 0x9e3779b97f4a7c15
	z := uint64(*g)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// leastMessage is the shortest BytesValue that is not empty.
const leastMessage = 3

// payload is message number n on a channel in one direction (0: from Go, 1: to Go). Sizes are spread evenly over the
// logarithm; every 50th message is empty, and every 50th as long as the channel allows. From Go none is empty: CometBFT's
// connection loses an empty message when another waits behind it (isSendPending takes the next one from the queue whenever the
// present one has no bytes left).
func payload(direction, channel, n int) []byte {
	g := generator(uint64(direction)<<48 ^ uint64(channel)<<32 ^ uint64(n))
	capacity := uint64(capacities[channel])
	size := capacity
	switch n % 50 {
	case 0:
		size = 0
	case 49:
	default:
		bits := uint64(0)
		for c := capacity; c > 0; c >>= 1 {
			bits++
		}
		most := min(capacity, uint64(1)<<(g.next()%(bits+1)))
		size = g.next() % (most + 1)
	}
	if direction == 0 {
		size = max(size, leastMessage)
	}
	bytes := make([]byte, valueLength(int(size)))
	for at := 0; at < len(bytes); at += 8 {
		word := g.next()
		for i := at; i < len(bytes) && i < at+8; i++ {
			bytes[i] = byte(word)
			word >>= 8
		}
	}
	return bytes
}

// valueLength is how long the value of a google.protobuf.BytesValue may be so that the whole has at most so many bytes.
func valueLength(encoded int) int {
	for header := 2; header <= 5; header++ {
		value := encoded - header
		if value <= 0 {
			return 0
		}
		if value < 1<<(7*(header-1)) {
			return value
		}
	}
	return 0
}
