/** What commands have in common: options, and how addresses are read. */
package dev.p2p.cli.option;
