package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.SalvageReport;
import java.nio.file.Path;

/** Publishes {@code rocksdb}. */
public final class RocksDbPeerStoreProvider implements PeerStoreProvider {

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public PeerStore open(Path folder, Access access) throws PeerStoreException {
        return new RocksDbPeerStore(RocksDbFiles.open(folder, access));
    }

    @Override
    public SalvageReport salvage(Path damaged, Path into) throws PeerStoreException {
        return new Salvage(damaged, into).run();
    }
}
