/** Peer exchange on channel 00. */
package dev.p2p.reactor.pex;
