/** TCP sockets as byte streams. Knows nothing of what travels on them. */
package dev.p2p.transport.tcp.internal.socket;
