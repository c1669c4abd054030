/**
 * What an operator sees of a running node's peers and may do with them: values, and
 * {@link dev.p2p.router.control.PeerControl}, which a running router gives.
 */
package dev.p2p.router.control;
