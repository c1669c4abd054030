/** Peers as the commands see them: rows, columns, JSON, orders, and where they come from. */
package dev.p2p.cli.peerdata;
