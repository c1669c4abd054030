/** Asking a node who it is. */
package dev.p2p.cli.probe;
