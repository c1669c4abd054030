/** Foreign JSON, read within limits. */
package dev.p2p.cli.json;
