/**
 * Values that every part of the platform speaks: identities, addresses, endpoints, node information and reasons.
 *
 * <p>All types here are immutable and safe to share between threads.
 */
package dev.p2p.api;
