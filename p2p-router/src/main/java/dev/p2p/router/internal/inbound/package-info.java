/** What waits for a reactor, and the thread that hands it over. */
package dev.p2p.router.internal.inbound;
