package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When there was last a sign that an address is good, seen from outside of the machine: somebody told of it, a connection was made
 * there, or one ended. Nothing may be forgotten for its age before seven eighths of its life have gone by since then.
 */
final class AddressSigns {

    private final AddressLife life;
    private final Map<NodeAddress, Instant> last = new HashMap<>();
    private final Map<Long, NodeAddress> dialed = new HashMap<>();
    private final Map<PeerRef, NodeAddress> connected = new HashMap<>();
    private final Set<NodeId> expiring = new HashSet<>();
    private int expired;

    /** An address that has just turned out to be the node's own, which goes for that. */
    private @Nullable NodeAddress ledBack;

    AddressSigns(AddressLife life) {
        this.life = life;
    }

    int expired() {
        return expired;
    }

    void before(Input input, PeerBook book, Instant now) {
        ledBack = null;
        switch (input) {
            case Input.Learn(var address, var _) -> last.put(address, now);
            case Input.Closed(var peer, var _) -> {
                NodeAddress address = connected.remove(peer);
                if (address != null && book.connections.find(peer).isPresent()) {
                    last.put(address, now);
                }
            }
            case Input.DialFailed(var attempt, var reason, var _) -> {
                NodeAddress address = dialed.remove(attempt);
                ledBack = reason == Reason.SELF ? address : null;
            }
            case Input.ClockStepped(var by) -> last.replaceAll((address, at) -> at.plus(by));
            default -> {}
        }
    }

    void after(Input input, List<Effect> effects, Instant now) {
        expiring.clear();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Dial(var attempt, var address) -> dialed.put(attempt, address);
                case Effect.Admit(var attempt, var peer) -> sign(attempt, peer, input, now);
                case Effect.Decided(var decision) -> note(decision, now);
                default -> {}
            }
        }
    }

    /** What is written away for its age, before it is. */
    void check(Change change, Map<NodeId, PeerRecord> store, PeerBook book, Instant now) {
        NodeId id = change instanceof Change.Delete(var gone)
                ? gone
                : change instanceof Change.Put(var put) ? put.id() : null;
        PeerRecord before = id == null ? null : store.get(id);
        if (before == null || !expiring.contains(id)) {
            return;
        }
        for (AddressRecord address : before.addresses()) {
            boolean kept = address.address().equals(ledBack)
                    || change instanceof Change.Put(var after) && Addresses.find(after, address.address()) != null;
            if (!kept) {
                expired++;
                requireOld(address, now);
                require(before.flags().isEmpty() && book.policy.flagsOf(id).isEmpty(), "wanted", id);
                require(before.ban().filter(ban -> ban.holdsAt(now)).isEmpty(), "banned", id);
                require(book.connections.find(id) == null, "connected", id);
            }
        }
    }

    private void requireOld(AddressRecord address, Instant now) {
        require(AddressLife.isHearsay(address.source()), "asked for", address);
        Duration whole = address.lastSuccess().isPresent() ? life.proven() : life.unproven();
        Instant sign = last.getOrDefault(address.address(), Instant.MIN);
        require(!sign.isAfter(now.minus(whole.multipliedBy(7).dividedBy(8))), "young, last sign " + sign, address);
    }

    private void sign(long attempt, PeerRef peer, Input input, Instant now) {
        NodeAddress address = dialed.remove(attempt);
        if (address == null
                && input instanceof Input.Handshaken(var same, var info, var direction, NetEndpoint remote)
                && same == attempt
                && direction == Direction.INBOUND) {
            address = SelfReport.of(info, direction, remote).orElse(null);
        }
        if (address != null) {
            last.put(address, now);
            connected.put(peer, address);
        }
    }

    private void note(Decision decision, Instant now) {
        if (decision.reason().equals("expired")) {
            expiring.add(decision.peer().orElseThrow());
        } else if (decision.kind() == Decision.Kind.VERIFIED) {
            last.put(NodeAddress.parse(decision.detail()), now);
        }
    }

    private static void require(boolean holds, String what, Object detail) {
        if (!holds) {
            throw new AssertionError("forgotten for its age although " + what + ": " + detail);
        }
    }
}
