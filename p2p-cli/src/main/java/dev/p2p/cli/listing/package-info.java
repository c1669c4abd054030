/** Listings: one definition of columns for every format, and what may be asked of them. */
package dev.p2p.cli.listing;
