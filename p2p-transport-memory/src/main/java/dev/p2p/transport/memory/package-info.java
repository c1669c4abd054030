/** An in-process network: nodes of one process talk without sockets. */
package dev.p2p.transport.memory;
