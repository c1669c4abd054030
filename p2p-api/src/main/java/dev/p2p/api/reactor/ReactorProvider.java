package dev.p2p.api.reactor;

/** Publishes a reactor to {@link java.util.ServiceLoader}. Has a public constructor without parameters and no state. */
public interface ReactorProvider {

    /** The reactor's name for configuration and lists, lower case, such as {@code pex}. A node enables reactors by name. */
    String name();

    /**
     * Makes a reactor for one node: opens its channels and timers. Starts nothing and sends nothing; the first event is
     * {@link ReactorEvent.Started}. Called again for the
     * same node when a reactor has failed and is to be replaced; it then opens the same channels.
     *
     * @param setup valid during this call only; what it returns stays valid
     * @throws IllegalArgumentException if a setting is wrong; the message names it
     */
    Reactor create(ReactorSetup setup);
}
