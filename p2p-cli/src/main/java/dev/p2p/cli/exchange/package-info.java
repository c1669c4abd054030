/** Peers in files: exports, imports, and what a merge would change. */
package dev.p2p.cli.exchange;
