/** The program {@code p2p}: one class a command. */
package dev.p2p.cli;
