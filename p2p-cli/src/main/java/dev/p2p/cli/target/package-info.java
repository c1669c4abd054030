/** Whose peers a command is about, and how they are reached. */
package dev.p2p.cli.target;
