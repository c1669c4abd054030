/** Tests of the whole, as a module of its own: what it sees of the house is what a stranger's module sees. */
open module dev.p2p.it {
    requires com.google.gson;
    requires com.tngtech.archunit;
    requires dev.p2p.cli;
    requires dev.p2p.peerstore.rocksdb;
    requires dev.p2p.reactor.pex;
    requires dev.p2p.router;
    requires dev.p2p.testkit;
    requires dev.p2p.transport.memory;
    requires dev.p2p.transport.tcp;
    requires java.management;
    requires org.assertj.core;
    requires org.junit.jupiter.api;
    requires org.junit.jupiter.params;

    uses dev.p2p.api.reactor.ReactorProvider;
    uses dev.p2p.api.store.PeerStoreProvider;
    uses dev.p2p.api.transport.StreamProtocolProvider;
    uses dev.p2p.api.transport.TransportProvider;

    provides java.net.spi.InetAddressResolverProvider with
            dev.p2p.it.attack.SlowNames;
}
