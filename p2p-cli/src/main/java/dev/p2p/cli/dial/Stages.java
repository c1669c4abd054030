package dev.p2p.cli.dial;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.transport.HandshakeListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a visit came, when, and what was learnt on the way. A visit that begins again keeps what was learnt and forgets the
 * times. Filled by the visiting thread.
 */
public final class Stages implements HandshakeListener {

    /** The stages in their order. */
    public enum Stage {
        /** The connection is open. */
        TCP,
        /** Keys are agreed on. */
        ENCRYPTION,
        /** The node has proven who it is. */
        IDENTITY,
        /** The node has told of itself. */
        NODEINFO,
        /** The node has answered a keep-alive, so it keeps this side as a peer. */
        PONG
    }

    private final LongSupplier clock;
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private long began;
    private @Nullable String cipher;
    private @Nullable NodeId id;
    private @Nullable NodeInfo info;

    /** @param clock nanoseconds, such as {@link System#nanoTime()} */
    public Stages(LongSupplier clock) {
        this.clock = clock;
        this.began = clock.getAsLong();
    }

    void begin() {
        nanos.clear();
        began = clock.getAsLong();
    }

    /** Notes that a stage ends now. */
    public void reached(Stage stage) {
        long now = clock.getAsLong();
        nanos.put(stage, now - began);
        began = now;
    }

    @Override
    public void encrypted(String how) {
        cipher = how;
        reached(Stage.ENCRYPTION);
    }

    @Override
    public void authenticated(NodeId peer) {
        id = peer;
        reached(Stage.IDENTITY);
    }

    @Override
    public void received(NodeInfo peer) {
        info = peer;
        reached(Stage.NODEINFO);
    }

    /** Whether this stage was left behind in the last attempt. */
    public boolean passed(Stage stage) {
        return nanos.containsKey(stage);
    }

    /** How long a stage took, in nanoseconds. */
    public OptionalLong nanos(Stage stage) {
        Long value = nanos.get(stage);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The stages passed, in order, with their nanoseconds. */
    public Map<Stage, Long> all() {
        return nanos;
    }

    public Optional<String> cipher() {
        return Optional.ofNullable(cipher);
    }

    public Optional<NodeId> id() {
        return Optional.ofNullable(id);
    }

    public Optional<NodeInfo> info() {
        return Optional.ofNullable(info);
    }
}
