/** The control socket of a running node: protocol, server and client. */
package dev.p2p.cli.control;
