/**
 * The contract of the platform: values, and the interfaces that transports, reactors and peer stores implement.
 *
 * <p>Four packages, one audience each: {@link dev.p2p.api} holds the values everybody speaks, {@link dev.p2p.api.reactor}
 * is for authors of protocols, {@link dev.p2p.api.transport} for authors of transports and
 * {@link dev.p2p.api.store} for authors of peer stores.
 */
@org.jspecify.annotations.NullMarked
module dev.p2p.api {
    requires transitive com.google.protobuf;
    requires static transitive org.jspecify;

    exports dev.p2p.api;
    exports dev.p2p.api.reactor;
    exports dev.p2p.api.store;
    exports dev.p2p.api.transport;
}
