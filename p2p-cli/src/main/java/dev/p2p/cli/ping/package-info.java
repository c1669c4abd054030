/** How far away a node is. */
package dev.p2p.cli.ping;
