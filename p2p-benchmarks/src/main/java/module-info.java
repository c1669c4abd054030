/** Workloads with one JSON line each. Not deployed. */
@org.jspecify.annotations.NullMarked
module dev.p2p.benchmarks {
    requires com.google.gson;
    requires dev.p2p.router;
    requires java.management;
    requires jdk.management;
    requires rocksdbjni;
    requires static org.jspecify;

    uses dev.p2p.api.reactor.ReactorProvider;
    uses dev.p2p.api.store.PeerStoreProvider;
    uses dev.p2p.api.transport.StreamProtocolProvider;
    uses dev.p2p.api.transport.TransportProvider;
}
