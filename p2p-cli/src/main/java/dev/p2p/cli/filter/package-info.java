/** The language of {@code --filter}. */
package dev.p2p.cli.filter;
