/** Walking a network from node to node by peer exchange, and what was found there as files. */
package dev.p2p.cli.crawl;
