package dev.p2p.cli.demo;

import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.Wrapper;
import dev.p2p.cli.demo.proto.DemoEnvelope;
import java.time.Duration;

/** Publishes the demo's reactor. The program shares a {@link DemoBoard} with it; without one it measures for itself. */
public final class DemoReactorProvider implements ReactorProvider {

    /** No reactor of CometBFT uses it, and like theirs it is below 128, so a packet carries 1024 bytes. */
    private static final int CHANNEL = 0x70;

    private static final Duration PING_PERIOD = Duration.ofMillis(250);
    private static final Duration NEWS_PERIOD = Duration.ofMillis(500);

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public Reactor create(ReactorSetup setup) {
        var channel = setup.open(
                ChannelDescriptor.of(CHANNEL, "demo", Wrapper.codec(DemoEnvelope.parser(), new DemoWrapper())));
        setup.every(DemoReactor.PING_TIMER, PING_PERIOD);
        setup.every(DemoReactor.NEWS_TIMER, NEWS_PERIOD);
        DemoBoard board = setup.service(DemoBoard.class).orElseGet(DemoBoard::new);
        return new DemoReactor(setup.self(), channel, board);
    }
}
