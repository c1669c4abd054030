package dev.p2p.it.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ReactorProvider;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Peer exchange misused against a node that runs it. */
class PexAttacksTest {

    private static final byte PEX = 0x00;
    private static final byte[] REQUEST = Wire.packet(PEX, true, Wire.hex("0a00"));

    private static Siege siege;

    @BeforeAll
    static void besiege() throws IOException {
        ReactorProvider pex = ServiceLoader.load(ReactorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("pex"))
                .findFirst()
                .orElseThrow();
        siege = new Siege(builder -> builder.reactor(pex));
    }

    @AfterAll
    static void lift() {
        siege.close();
    }

    @Test
    void requestsWithoutEnd() throws IOException {
        siege.repels(Reason.REPORTED, attacker -> exchanger(attacker).streamForEver(REQUEST));
    }

    @Test
    void anAnswerThatNobodyAskedFor() throws IOException {
        siege.repels(
                Reason.REPORTED,
                attacker -> exchanger(attacker).stream(Wire.packet(
                        PEX, true, new Wire().bytes(2, entry("192.0.2.1")).toBytes())));
    }

    @Test
    void anEmptyAnswerThatNobodyAskedFor() throws IOException {
        siege.repels(Reason.REPORTED, attacker -> exchanger(attacker).stream(Wire.packet(PEX, true, Wire.hex("1200"))));
    }

    @Test
    void anAnswerLongerThanTheChannelAllows() throws IOException {
        siege.repels(Reason.TOO_LARGE, attacker -> {
            exchanger(attacker);
            for (int i = 0; i < 63; i++) {
                attacker.stream(Wire.packet(PEX, false, new byte[1_024]));
            }
        });
    }

    @Test
    void aMessageOfNoKnownKind() throws IOException {
        siege.repels(
                Reason.UNDECODABLE_MESSAGE,
                attacker -> exchanger(attacker).stream(Wire.packet(PEX, true, Wire.hex("7a00"))));
    }

    private static HostilePeer exchanger(HostilePeer attacker) throws IOException {
        return attacker.exchangeKeys().prove().introduce(PEX);
    }

    private static byte[] entry(String ip) {
        String id = NodeKey.generate(new SecureRandom()).id().toString();
        return new Wire()
                .bytes(
                        1,
                        new Wire()
                                .text(1, id)
                                .bytes(2, ip.getBytes(UTF_8))
                                .number(3, 26_656)
                                .toBytes())
                .toBytes();
    }
}
