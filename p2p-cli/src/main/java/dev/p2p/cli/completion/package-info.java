/** What shells and {@code man} need to know of the command line. */
package dev.p2p.cli.completion;
