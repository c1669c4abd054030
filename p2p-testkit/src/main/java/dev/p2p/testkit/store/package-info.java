/** The rules for peer stores as tests. */
package dev.p2p.testkit.store;
