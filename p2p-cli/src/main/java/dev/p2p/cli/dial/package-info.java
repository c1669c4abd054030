/** Short visits to other nodes, for the commands that ask and leave. */
package dev.p2p.cli.dial;
