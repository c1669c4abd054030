/** Peer exchange: nodes tell each other of nodes. A reactor on the public contract only. */
@org.jspecify.annotations.NullMarked
module dev.p2p.reactor.pex {
    requires com.google.protobuf;
    requires dev.p2p.api;
    requires static org.jspecify;

    // protobuf's toString and text forms look at the generated classes
    opens dev.p2p.reactor.pex.proto to
            com.google.protobuf;

    provides dev.p2p.api.reactor.ReactorProvider with
            dev.p2p.reactor.pex.PexReactorProvider;
}
