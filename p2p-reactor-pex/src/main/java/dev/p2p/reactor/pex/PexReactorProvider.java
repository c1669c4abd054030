package dev.p2p.reactor.pex;

import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.WhenFull;
import dev.p2p.api.reactor.Wrapper;
import dev.p2p.reactor.pex.proto.PexEnvelope;
import java.time.Duration;

/**
 * Publishes {@code pex}. Settings: {@code interval-seconds}, how often one random peer is asked, default 30;
 * {@code enough-peers}, nobody is asked while so many peers are known, default 1000.
 */
public final class PexReactorProvider implements ReactorProvider {

    private static final int CHANNEL = 0x00;
    private static final int MAX_MESSAGE_BYTES = 64_000;
    private static final String INTERVAL_SETTING = "interval-seconds";
    private static final String ENOUGH_SETTING = "enough-peers";

    @Override
    public String name() {
        return "pex";
    }

    @Override
    public Reactor create(ReactorSetup setup) {
        var channel =
                setup.open(ChannelDescriptor.of(CHANNEL, "pex", Wrapper.codec(PexEnvelope.parser(), new PexWrapper()))
                        .withMaxMessageBytes(MAX_MESSAGE_BYTES)
                        .withOutbound(8, 2L * MAX_MESSAGE_BYTES)
                        .withInbound(8, 2L * MAX_MESSAGE_BYTES, WhenFull.DROP_NEWEST));
        setup.every(PexReactor.ASK_TIMER, Duration.ofSeconds(number(setup, INTERVAL_SETTING, 30)));
        return new PexReactor(setup, channel, number(setup, ENOUGH_SETTING, 1_000));
    }

    private static int number(ReactorSetup setup, String name, int otherwise) {
        String text = setup.settings().getOrDefault(name, String.valueOf(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("pex setting " + name + " is a number, not " + text, e);
        }
    }
}
