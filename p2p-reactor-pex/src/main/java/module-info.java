/** Peer exchange: nodes tell each other of nodes. A reactor on the public contract only. */
@org.jspecify.annotations.NullMarked
module dev.p2p.reactor.pex {
    requires com.google.protobuf;
    requires dev.p2p.api;
    requires static org.jspecify;

    provides dev.p2p.api.reactor.ReactorProvider with
            dev.p2p.reactor.pex.PexReactorProvider;
}
