package dev.p2p.testkit.transport;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.transport.HandshakeListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a handshake told its listener. */
final class HandshakeStages implements HandshakeListener {

    /**
     * One call.
     *
     * @param name the method
     * @param what its argument
     */
    record Stage(String name, Object what) {

        static Stage authenticated(NodeId peer) {
            return new Stage("authenticated", peer);
        }

        static Stage received(NodeInfo peer) {
            return new Stage("received", peer);
        }
    }

    private final List<Stage> stages = new CopyOnWriteArrayList<>();

    @Override
    public void encrypted(String how) {
        stages.add(new Stage("encrypted", how));
    }

    @Override
    public void authenticated(NodeId peer) {
        stages.add(Stage.authenticated(peer));
    }

    @Override
    public void received(NodeInfo peer) {
        stages.add(Stage.received(peer));
    }

    /** All calls, in order. */
    List<Stage> all() {
        return List.copyOf(stages);
    }

    /** The calls that say something about the peer, in order. */
    List<Stage> aboutThePeer() {
        return stages.stream()
                .filter(stage -> !stage.name().equals("encrypted"))
                .toList();
    }

    /** Whether a method was called. */
    boolean reached(String name) {
        return stages.stream().anyMatch(stage -> stage.name().equals(name));
    }
}
