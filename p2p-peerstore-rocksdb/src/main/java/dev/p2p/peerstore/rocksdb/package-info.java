/** The peer store on RocksDB. Its layout is described in {@code docs/store.md}. */
package dev.p2p.peerstore.rocksdb;
