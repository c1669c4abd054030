package dev.p2p.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.AddressScope;
import dev.p2p.api.ChannelId;
import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import dev.p2p.cli.dial.TestNodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nodes tell, as bytes, and what of it is believed. */
class PexMessagesTest {

    private static final NodeId ID = TestNodes.key(1).id();
    private static final ChannelId PEX = new ChannelId(0);

    @Test
    void anAnswerIsReadFieldByField() throws IOException {
        byte[] message = TestAnswers.of(List.of(
                TestAnswers.entry(ID.toString(), "198.51.100.7", 26_656), TestAnswers.entry(ID.toString(), "::1", 1)));
        assertThat(PexMessages.isAnswer(message)).isTrue();
        PexMessages.Answer answer = PexMessages.answer(message);
        assertThat(answer.addresses())
                .containsExactly(
                        NodeAddress.of(ID, new HostPort("198.51.100.7", 26_656)),
                        NodeAddress.of(ID, new HostPort("::1", 1)));
        assertThat(answer.malformed()).isZero();
    }

    @Test
    void anEmptyAnswerIsAnAnswer() throws IOException {
        byte[] message = {0x12, 0x00};
        assertThat(PexMessages.isAnswer(message)).isTrue();
        assertThat(PexMessages.answer(message).addresses()).isEmpty();
        assertThat(PexMessages.isAnswer(PexMessages.request())).isFalse();
        assertThat(PexMessages.isAnswer(new byte[0])).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "not-an-id,                                 9.9.9.9,          26656",
        "24f6b4e6d4b8a9c1f0e2d3c4b5a697887766a114,  seed.example.org, 26656",
        "24f6b4e6d4b8a9c1f0e2d3c4b5a697887766a114,  09.9.9.9,         26656",
        "24f6b4e6d4b8a9c1f0e2d3c4b5a697887766a114,  '',               26656",
        "24f6b4e6d4b8a9c1f0e2d3c4b5a697887766a114,  9.9.9.9,          0",
        "24f6b4e6d4b8a9c1f0e2d3c4b5a697887766a114,  9.9.9.9,          70000",
        "24f6b4e6d4b8a9c1f0e2d3c4b5a697887766a114,  fe80::1%eth0,     26656",
    })
    void anEntryThatNobodyCouldDialIsCountedAndLeftOut(String id, String ip, int port) throws IOException {
        byte[] message = TestAnswers.of(
                List.of(TestAnswers.entry(id, ip, port), TestAnswers.entry(ID.toString(), "9.9.9.9", 26_656)));
        assertThat(PexMessages.answer(message).malformed()).isEqualTo(1);
        assertThat(PexMessages.answer(message).addresses()).hasSize(1);
    }

    @Test
    void moreEntriesThanAllowedAreRefusedBeforeTheyAreKept() {
        byte[] message = TestAnswers.of(IntStream.range(0, 251)
                .mapToObj(i -> TestAnswers.entry(ID.toString(), "9.9.9.9", i + 1))
                .toList());
        assertThatThrownBy(() -> PexMessages.answer(message)).hasMessageContaining("more than 250");
    }

    @Test
    void anyBytesAreReadOrRefusedAndNothingElse() {
        Random random = new Random(3);
        byte[] good = TestAnswers.of(List.of(TestAnswers.entry(ID.toString(), "9.9.9.9", 26_656)));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            }
            try {
                assertThat(PexMessages.answer(bytes).addresses()).hasSizeLessThanOrEqualTo(2);
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    @Test
    void theSinkTakesOneMessageInPiecesAndNeverMoreThanAllowed() throws IOException {
        byte[] message = TestAnswers.of(List.of(TestAnswers.entry(ID.toString(), "9.9.9.9", 26_656)));
        AnswerSink sink = new AnswerSink();
        sink.piece(PEX, ByteBuffer.wrap(message, 0, 7), false);
        assertThat(sink.answer()).isNotDone();
        sink.piece(PEX, ByteBuffer.wrap(message, 7, message.length - 7), true);
        assertThat(sink.answer().join().addresses()).hasSize(1);
        assertThat(sink.maxMessageBytes(PEX)).isEqualTo(64_000);
        assertThat(sink.maxMessageBytes(new ChannelId(0x30))).isZero();
    }

    @Test
    void aNodeThatTalksAndDoesNotAnswerIsLeft() throws IOException {
        AnswerSink sink = new AnswerSink();
        for (int i = 0; i < 8; i++) {
            sink.piece(PEX, ByteBuffer.wrap(PexMessages.request()), true);
        }
        assertThatThrownBy(() -> sink.piece(PEX, ByteBuffer.wrap(PexMessages.request()), true))
                .isInstanceOf(TransportException.class)
                .extracting(e -> ((TransportException) e).reason())
                .isEqualTo(Reason.FLOOD);
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC,   9.9.9.9,      true",
        "PUBLIC,   10.0.0.1,     false",
        "PUBLIC,   127.0.0.1,    false",
        "PUBLIC,   100.64.0.1,   false",
        "PUBLIC,   0.0.0.0,      false",
        "PUBLIC,   192.0.2.1,    false",
        "PRIVATE,  10.0.0.1,     true",
        "PRIVATE,  9.9.9.9,      true",
        "PRIVATE,  127.0.0.1,    false",
        "LOOPBACK, 127.0.0.1,    true",
        "LOOPBACK, 192.168.0.1,  true",
        "LOOPBACK, 224.0.0.1,    false",
    })
    void anAddressOfANarrowerScopeThanTheStartIsATrap(AddressScope start, String ip, boolean admitted) {
        AddressFilter filter = new AddressFilter(TestNodes.key(9).id(), start, 1_024);
        assertThat(filter.admits(NodeAddress.of(ID, new HostPort(ip, 26_656)))).isEqualTo(admitted);
    }

    @Test
    void portsOfMailAndWebServersAreDialedOnlyIfAskedFor() {
        AddressFilter ordinary = new AddressFilter(TestNodes.key(9).id(), AddressScope.PUBLIC, 1_024);
        AddressFilter all = new AddressFilter(TestNodes.key(9).id(), AddressScope.PUBLIC, 1);
        for (int port : new int[] {1, 25, 443, 1_023, 1_024}) {
            NodeAddress address = NodeAddress.of(ID, new HostPort("9.9.9.9", port));
            assertThat(ordinary.admits(address)).isEqualTo(port == 1_024);
            assertThat(all.admits(address)).isTrue();
        }
    }

    @Test
    void theCrawlersOwnAddressIsNotVisited() {
        AddressFilter filter = new AddressFilter(ID, AddressScope.LOOPBACK, 1_024);
        assertThat(filter.admits(NodeAddress.of(ID, new HostPort("127.0.0.1", 26_656))))
                .isFalse();
    }
}
