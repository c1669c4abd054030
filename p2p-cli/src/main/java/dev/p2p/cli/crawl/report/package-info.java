/** A crawl as one page that opens without a network. */
package dev.p2p.cli.crawl.report;
