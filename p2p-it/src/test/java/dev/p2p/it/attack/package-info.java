/**
 * Attacks played against a real node over real sockets. The attacker is a client of its own, written from the wire document
 * (docs/wire.md) and sharing no code with the node, so that each step of it can be bent.
 */
package dev.p2p.it.attack;
