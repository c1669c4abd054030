/** What waits to be written on a connection, and in which order it goes. */
package dev.p2p.router.internal.outbound;
