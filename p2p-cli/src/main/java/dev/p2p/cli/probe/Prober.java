package dev.p2p.cli.probe;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Dials a place, lets it prove itself, exchanges node information and leaves. */
final class Prober {

    /** The channels of a CometBFT full node, so that every node has one in common (v0.38 node information). */
    private static final List<ChannelId> CHANNELS = IntStream.of(
                    0x40, 0x20, 0x21, 0x22, 0x23, 0x30, 0x38, 0x60, 0x61, 0x00)
            .mapToObj(ChannelId::new)
            .toList();

    private final Transport transport;
    private final NodeKey key;
    private final NodeInfo self;
    private final boolean networkMatters;
    private final Duration limit;

    /**
     * @param network what to be a member of; empty if any will do
     * @param limit for the whole probe of one place
     */
    Prober(Transport transport, NodeKey key, Optional<String> network, String version, Duration limit) {
        this.transport = transport;
        this.key = key;
        this.networkMatters = network.isPresent();
        this.limit = limit;
        this.self = NodeInfo.of(key.id(), network.orElse("p2p-probe"), "p2p-probe", version, "0.0.0.0:0", CHANNELS);
    }

    Finding probe(Target target) throws InterruptedException {
        Finding finding = new Finding(target);
        long deadline = System.nanoTime() + limit.toNanos();
        try (PendingConnection pending = transport.dial(endpoint(target), limit)) {
            finding.connected();
            Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            pending.handshake(new HandshakeRequest(key, self, target.expected(), left, finding))
                    .close();
        } catch (IOException e) {
            judge(finding, TransportException.reasonOf(e), String.valueOf(e.getMessage()));
        }
        return finding;
    }

    /** Without a network asked for, another one is an answer and no failure. */
    private void judge(Finding finding, Reason reason, String detail) {
        boolean anyNetworkWillDo = reason == Reason.WRONG_NETWORK && !networkMatters;
        if (!anyNetworkWillDo) {
            finding.failed(reason, detail);
        }
    }

    private static NetEndpoint endpoint(Target target) throws TransportException {
        try {
            InetAddress ip = InetAddress.getByName(target.place().host());
            return new NetEndpoint(
                    NodeAddress.DEFAULT_PROTOCOL, ip, target.place().port());
        } catch (UnknownHostException e) {
            throw new TransportException(
                    Reason.UNKNOWN_HOST, "host " + target.place().host() + " has no address", e);
        }
    }
}
