// Command interop plays against a p2p node with CometBFT's own transport and switch: as the oracle, which exchanges messages whose
// every byte both sides know beforehand, and as the attacker, who breaks one rule a connection.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	if len(os.Args) < 2 {
		fail("usage: interop oracle|attack OPTIONS")
	}
	options := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	chain := options.String("chain", "interop", "network ID")
	listen := options.String("listen", "", "IP:PORT to listen on")
	dial := options.String("dial", "", "ID@IP:PORT of the node")
	messages := options.Int("messages", 100000, "messages in each direction")
	limit := options.Duration("limit", 2*time.Minute, "time for everything")
	if err := options.Parse(os.Args[2:]); err != nil {
		fail(err)
	}
	time.AfterFunc(*limit, func() { fail("not done after ", *limit) })
	switch os.Args[1] {
	case "oracle":
		oracle(*chain, *listen, *dial, *messages)
	case "attack":
		attack(*chain, *dial)
	default:
		fail("unknown command ", os.Args[1])
	}
}

func fail(words ...any) {
	fmt.Fprintln(os.Stderr, append([]any{"interop: FAILED:"}, words...)...)
	os.Exit(1)
}
