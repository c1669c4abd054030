/** A peer store that forgets everything with its process. */
package dev.p2p.router.internal.store;
