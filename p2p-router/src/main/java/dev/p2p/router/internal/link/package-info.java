/** Live connections: their threads, their place in the table, and the channels that reactors send on. */
package dev.p2p.router.internal.link;
