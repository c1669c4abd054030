/**
 * Whom to connect to. {@link dev.p2p.router.internal.peers.PeerManager} decides and does nothing else;
 * {@link dev.p2p.router.internal.peers.PeerDriver} gives it inputs and time, and carries out what it says.
 */
package dev.p2p.router.internal.peers;
