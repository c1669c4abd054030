package dev.p2p.reactor.pex;

import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.WhenFull;
import java.util.function.LongSupplier;

/**
 * Publishes {@code pex}: peer exchange as Tendermint and CometBFT speak it on channel 00. Its settings:
 *
 * <dl>
 *   <dt>{@code interval-seconds}
 *   <dd>how often this node looks for somebody to ask; default 10. Nobody is asked twice within 30 s, and while answers bring
 *       nothing new the looks become rarer by themselves.
 *   <dt>{@code enough-peers}
 *   <dd>nobody is asked while so many peers are known; default 1000.
 *   <dt>{@code seed-mode}
 *   <dd>{@code true}: this node exists to hand out addresses. Whoever was answered is let go when the answer is written, and so is
 *       whoever was visited and has answered. Default {@code false}.
 *   <dt>{@code seed-patience-seconds}
 *   <dd>a seed lets go whoever has not asked for so long; default 180.
 *   <dt>{@code private-peers}
 *   <dd>node IDs, separated by commas, that are told to nobody; what such a peer tells is not taken, and it is not asked.
 *   <dt>{@code narrowest-scope}
 *   <dd>{@code audience} (default): an address is told to whoever can reach it, and taken from whoever could, so loopback
 *       addresses stay on the machine and private ones in the private network. {@code loopback}, {@code private}, {@code public}:
 *       the same, and nothing narrower than this at all; {@code public} is CometBFT's {@code addr_book_strict}.
 * </dl>
 */
public final class PexReactorProvider implements ReactorProvider {

    private static final int CHANNEL = 0x00;
    private static final int MAX_MESSAGE_BYTES = 64_000;

    /** Nothing more is said to a peer that has not taken what was said before: no answer while another one waits. */
    private static final int MAX_WAITING = 1;

    /** Far more than an honest peer has on the way, and enough that a flood is seen for what it is. */
    private static final int MAX_UNREAD = 64;

    private final LongSupplier nanos;

    /** Measures intervals with {@link System#nanoTime()}: setting the system's clock neither opens a budget nor makes anybody early. */
    public PexReactorProvider() {
        this(System::nanoTime);
    }

    /** @param nanos time that only moves on, in nanoseconds */
    PexReactorProvider(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String name() {
        return "pex";
    }

    @Override
    public Reactor create(ReactorSetup setup) {
        PexSettings settings = PexSettings.parse(setup.settings());
        var channel = setup.open(ChannelDescriptor.of(CHANNEL, "pex", new PexCodec())
                .withMaxMessageBytes(MAX_MESSAGE_BYTES)
                .withOutbound(MAX_WAITING, MAX_MESSAGE_BYTES)
                .withInbound(MAX_UNREAD, 2L * MAX_MESSAGE_BYTES, WhenFull.DROP_NEWEST));
        setup.every(PexReactor.TIMER, settings.interval());
        return new PexReactor(setup, channel, settings, nanos);
    }
}
