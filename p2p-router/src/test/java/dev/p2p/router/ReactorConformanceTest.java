package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.store.PeerFlag;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What reports of a reactor lead to, and its failures, on whole nodes of one in-process network. */
class ReactorConformanceTest {

    @RegisterExtension
    final TalkerNetwork network = new TalkerNetwork();

    @Test
    @DisplayName("CH-04: a report never blocks: an interrupted thread reports as any other, and stays interrupted")
    void anInterruptedThreadReports() throws Exception {
        Talker server = network.started(1);
        Talker client = network.talker(2).seeded(server).start();
        client.awaitUp();
        PeerRef peer = server.awaitUp();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            server.channel().report(peer, PeerError.disconnect("test"));
            interrupted.complete(Thread.interrupted());
        });
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.awaitDown().reason()).isEqualTo(Reason.REPORTED);
    }

    @Test
    @DisplayName("RT-03 RT-14: a reported peer goes down, rests, and comes up again with another connection")
    void aReportedPeerComesBack() throws Exception {
        Talker server = network.started(1);
        Talker client = network.started(2);
        client.control().add(server.address(), Set.of(PeerFlag.PERSISTENT));
        PeerRef first = client.awaitUp();
        client.channel().report(first, PeerError.disconnect("test"));
        assertThat(client.awaitDown().peer()).isEqualTo(first);
        assertThat(client.awaitUp().connection()).isGreaterThan(first.connection());
    }

    @Test
    @DisplayName(
            "JX-42: a reactor that throws on a message is replaced and told of its peers; they and the other reactors notice nothing")
    void aReactorThatThrowsIsReplaced() throws Exception {
        BlockingQueue<String> lives = new LinkedBlockingQueue<>();
        AtomicInteger created = new AtomicInteger();
        Talker server = network.talker(1).listening();
        server.builder.reactor("fragile", setup -> {
            setup.open(SideChannel.SECOND);
            int life = created.getAndIncrement();
            return event -> {
                lives.add(life + " " + event.getClass().getSimpleName());
                if (event instanceof Received<?> && life == 0) {
                    throw new IllegalStateException("on purpose");
                }
            };
        });
        server.start();
        Talker client = network.talker(2);
        SideChannel side = new SideChannel(client, SideChannel.SECOND);
        client.seeded(server).start();
        PeerRef peer = client.awaitUp();
        server.awaitUp();
        side.channel().send(peer, StringValue.of("boom"));
        side.channel().send(peer, StringValue.of("again"));
        client.channel().send(peer, StringValue.of("beside"));
        assertThat(server.hear(1)).containsExactly("beside");
        for (String expected : List.of("0 Started", "0 PeerUp", "0 Received", "1 Started", "1 PeerUp", "1 Received")) {
            assertThat(lives.poll(30, TimeUnit.SECONDS)).isEqualTo(expected);
        }
        assertThat(client.router().peers().connected()).hasSize(1);
        assertThat(client.events).noneMatch(ReactorEvent.PeerDown.class::isInstance);
    }
}
