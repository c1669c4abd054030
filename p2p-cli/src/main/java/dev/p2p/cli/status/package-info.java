/** A running node at a glance. */
package dev.p2p.cli.status;
