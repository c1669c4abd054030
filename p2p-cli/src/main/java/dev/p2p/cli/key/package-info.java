/** Node keys as files, in CometBFT's format. */
package dev.p2p.cli.key;
