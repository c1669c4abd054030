package dev.p2p.api.reactor;

import com.google.protobuf.Message;
import dev.p2p.api.NodeId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a reactor may ask for while a node is built. When the node is complete, the set of channels is sealed. */
public interface ReactorSetup {

    /**
     * Opens a channel. Its messages come to this reactor as {@link ReactorEvent.Received}.
     *
     * @throws IllegalStateException if another reactor has a channel of this number, or the setup is over
     */
    <M extends Message> Channel<M> open(ChannelDescriptor<M> descriptor);

    /**
     * Asks for a {@link ReactorEvent.Tick} again and again.
     *
     * @param timer a name that no other timer of this reactor has
     * @param period more than zero; the first tick comes after one period
     */
    void every(String timer, Duration period);

    /** The node's identity. */
    NodeId self();

    /** The node's peers. Usable from every thread, also after the setup. */
    PeerDirectory peers();

    /** This reactor's settings as configured; may be empty. */
    Map<String, String> settings();

    /**
     * Something that the embedding program shares with reactors, looked up by its type.
     *
     * @return the object, or empty if the program shares none of this type
     */
    <S> Optional<S> service(Class<S> type);

    /** The node's clock. */
    InstantSource clock();

    /** The node's chance; not for keys. Used on the reactor's thread only. */
    RandomGenerator random();
}
