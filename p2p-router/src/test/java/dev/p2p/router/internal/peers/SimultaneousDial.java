package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Two machines that dial each other: each dials, each is dialed, and the four ends of the two handshakes come in every order. What
 * one side refuses or closes, the other side notices at any later point, or only at the end.
 */
final class SimultaneousDial {

    /** Which of the two connections is still there on both sides, and how it came to that. */
    record Outcome(List<String> order, Set<Integer> kept) {}

    private static final int SMALLER_DIALED = 0;
    private static final int LARGER_DIALED = 1;

    private SimultaneousDial() {}

    static void forEachInterleaving(Consumer<Outcome> check) {
        List<String> ends = List.of("small-0", "small-1", "large-0", "large-1");
        permute(new ArrayList<>(), ends, order -> {
            check.accept(play(order, false));
            check.accept(play(order, true));
        });
    }

    private static Outcome play(List<String> order, boolean noticeAtOnce) {
        Side small = new Side(MachineRig.id(1), MachineRig.id(900), SMALLER_DIALED);
        Side large = new Side(MachineRig.id(900), MachineRig.id(1), LARGER_DIALED);
        for (String end : order) {
            Side side = end.startsWith("small") ? small : large;
            side.handshakeEnds(end.endsWith("0") ? SMALLER_DIALED : LARGER_DIALED);
            if (noticeAtOnce) {
                notice(small, large);
            }
        }
        notice(small, large);
        notice(small, large);
        Set<Integer> kept = new HashSet<>(small.live.keySet());
        kept.retainAll(large.live.keySet());
        return new Outcome(order, kept);
    }

    private static void notice(Side one, Side other) {
        one.otherEnded(other.ended);
        other.otherEnded(one.ended);
    }

    private static void permute(List<String> begun, List<String> left, Consumer<List<String>> action) {
        if (left.isEmpty()) {
            action.accept(List.copyOf(begun));
        }
        for (String next : left) {
            List<String> rest = new ArrayList<>(left);
            rest.remove(next);
            begun.add(next);
            permute(begun, rest, action);
            begun.removeLast();
        }
    }

    private static final class Side {

        private final NodeId peer;
        private final int ownDial;
        private final MachineRig rig;
        private final long dial;
        private final long knock = 77;
        private final Map<Integer, PeerRef> live = new HashMap<>();
        private final Set<Integer> ended = new HashSet<>();

        Side(NodeId self, NodeId peer, int ownDial) {
            this.peer = peer;
            this.ownDial = ownDial;
            PeerPolicy policy = MachineRig.policy(8, 2);
            this.rig = new MachineRig(new PeerPolicy(
                    self,
                    policy.caps(),
                    policy.pace(),
                    policy.rules(),
                    policy.persistent(),
                    policy.flags(),
                    true,
                    policy.upgradeGap()));
            int number = (int) peer.high();
            this.dial = rig.learn(number).getFirst().attempt();
            rig.apply(new Input.Accepted(knock, new NetEndpoint("tcp", MachineRig.ip(number), 40_000)));
        }

        void handshakeEnds(int connection) {
            if (ended.contains(connection)) {
                return;
            }
            boolean own = connection == ownDial;
            List<Effect> effects = rig.handshaken(
                    own ? dial : knock, peer, own ? Direction.OUTBOUND : Direction.INBOUND, (int) peer.high());
            for (Effect.Close close : MachineRig.closes(effects)) {
                live.entrySet().removeIf(entry -> {
                    boolean closed = entry.getValue().equals(close.peer());
                    if (closed) {
                        ended.add(entry.getKey());
                    }
                    return closed;
                });
            }
            MachineRig.admitted(effects).ifPresentOrElse(ref -> live.put(connection, ref), () -> ended.add(connection));
        }

        void otherEnded(Set<Integer> connections) {
            for (int connection : connections) {
                PeerRef gone = live.remove(connection);
                ended.add(connection);
                if (gone != null) {
                    rig.apply(new Input.Closed(gone, Reason.CLOSED_BY_PEER));
                }
            }
        }
    }
}
