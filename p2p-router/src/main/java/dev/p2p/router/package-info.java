/**
 * Building and running a node: {@link dev.p2p.router.Router} moves messages between reactors and peers.
 */
package dev.p2p.router;
