/** CometBFT's address book: reading, checking, taking in, writing. */
package dev.p2p.cli.addrbook;
