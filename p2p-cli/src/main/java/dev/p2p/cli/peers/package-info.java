/** Inspecting what a node knows of its peers. */
package dev.p2p.cli.peers;
