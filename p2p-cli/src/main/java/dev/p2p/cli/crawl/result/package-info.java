/** A crawl's results as they lie in its folder. */
package dev.p2p.cli.crawl.result;
