package dev.p2p.router;

import dev.p2p.api.AddressScope;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.router.internal.admission.AdmissionLimits;
import dev.p2p.router.internal.peers.PeerPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a node's inner parts are told of its configuration and of where it listens.
 *
 * @param parts the configuration
 * @param endpoints where it listens, with the ports that were chosen
 */
record NodeTerms(RouterBuilder parts, List<Endpoint> endpoints) {

    /** Told to peers when the node listens nowhere they could dial. */
    static final String NO_LISTEN_ADDRESS = "0.0.0.0:0";

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** What the node tells of where it listens. */
    String listenAddress() {
        return parts.advertised.orElseGet(() -> endpoints.stream()
                .filter(NetEndpoint.class::isInstance)
                .map(Endpoint::toString)
                .findFirst()
                .orElse(NO_LISTEN_ADDRESS));
    }

    AdmissionLimits admission() {
        RouterLimits limits = parts.limits;
        return new AdmissionLimits(
                limits.dialTimeout(),
                limits.handshakeTimeout(),
                limits.maxPending(),
                limits.perAddress().pending(),
                limits.perAddress().live(),
                limits.perAddress()::isExempt,
                limits.maxUnfinishedBytes());
    }

    PeerPolicy policy() {
        PeerPolicy common = PeerPolicy.defaults(parts.key.id());
        if (parts.addressLife.isPresent()) {
            common = common.withAddressLife(parts.addressLife.get());
        }
        if (parts.lowestPort.isPresent()) {
            common = common.withLowestPort(parts.lowestPort.getAsInt());
        }
        return common.withCaps(parts.limits.maxInbound(), parts.limits.maxOutbound(), parts.limits.maxKnownPeers())
                .withFlags(parts.peerFlags)
                .withPersistent(parts.persistentPeers)
                .withNarrowestScope(parts.narrowestScope.orElseGet(this::narrowestScope))
                .withOwnAddresses(
                        OwnPlaces.configured(parts.key.id(), parts.advertised),
                        OwnPlaces.ofInterfaces(parts.key.id(), endpoints));
    }

    /** Steps of the wall clock are noticed where it is the platform's; whoever gives another one means what it says. */
    LongSupplier steadyNanos() {
        InstantSource clock = parts.clock;
        return clock == RouterBuilder.SYSTEM_CLOCK
                ? System::nanoTime
                : () -> {
                    Instant now = clock.instant();
                    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
                };
    }

    /** A node that listens on loopback only wants to hear of loopback addresses; one that listens everywhere does not. */
    private AddressScope narrowestScope() {
        return endpoints.stream()
                .map(NodeTerms::scope)
                .min(AddressScope::compareTo)
                .orElse(AddressScope.NAME);
    }

    private static AddressScope scope(Endpoint endpoint) {
        if (endpoint instanceof NetEndpoint net) {
            return net.ip().isAnyLocalAddress() ? AddressScope.NAME : AddressScope.of(net.ip());
        }
        return AddressScope.LOCAL;
    }
}
