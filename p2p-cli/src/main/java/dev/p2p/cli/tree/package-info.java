/** The tree of commands, of which only the branch that is needed is made. */
package dev.p2p.cli.tree;
