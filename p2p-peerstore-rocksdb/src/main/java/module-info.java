/** Peer records that survive: a peer store on RocksDB. */
@org.jspecify.annotations.NullMarked
module dev.p2p.peerstore.rocksdb {
    requires com.google.protobuf;
    requires dev.p2p.api;
    requires rocksdbjni;
    requires static org.jspecify;

    provides dev.p2p.api.store.PeerStoreProvider with
            dev.p2p.peerstore.rocksdb.RocksDbPeerStoreProvider;
}
