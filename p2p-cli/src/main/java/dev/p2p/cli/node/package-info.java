/** Running a node. */
package dev.p2p.cli.node;
