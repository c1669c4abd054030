package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.testkit.transport.LeakCheck;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An in-process network of {@link Talker}s. After each test all are closed, the last one first, and nothing of them is left. */
final class TalkerNetwork implements AfterEachCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LeakCheck leaks = LeakCheck.start();
    private final MemoryTransportProvider provider = new MemoryTransportProvider(new MemoryNetwork());
    private final List<Talker> talkers = new ArrayList<>();
    private final List<Router> others = new ArrayList<>();

    MemoryTransportProvider provider() {
        return provider;
    }

    /** A node that is not built yet. */
    Talker talker(int number) {
        return talker(number, Talker.TALK);
    }

    /** A node that is not built yet, with a channel of its own kind. */
    Talker talker(int number, ChannelDescriptor<StringValue> talk) {
        Talker talker = new Talker(number, provider, talk);
        talkers.add(talker);
        return talker;
    }

    /** A node that listens and dials nobody. */
    Talker started(int number) throws IOException {
        return talker(number).listening().start();
    }

    /** A node that listens and keeps connected to another. */
    Talker startedWith(int number, Talker other) throws IOException {
        return talker(number).listening().persistent(other).start();
    }

    /** A node of another make, to be closed with the rest. */
    Router add(Router router) {
        others.add(router);
        return router;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<Router> all = new ArrayList<>(
                talkers.stream().map(Talker::router).filter(Objects::nonNull).toList());
        all.addAll(others);
        all.reversed().forEach(Router::close);
        assertThat(all).allSatisfy(node -> assertThat(node.liveThreads()).isEmpty());
        leaks.assertNothingLeft(PATIENCE);
    }
}
