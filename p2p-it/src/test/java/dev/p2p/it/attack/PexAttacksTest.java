package dev.p2p.it.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ReactorProvider;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Peer exchange misused against a node that runs it. */
class PexAttacksTest {

    private static final byte PEX = 0x00;
    private static final byte[] NOTHING = {};

    /** Where nobody listens; not one of those that are never learned. */
    private static final int DEAD_PORT = 1_024;

    private static final byte[] REQUEST = Wire.packet(PEX, true, Wire.hex("0a00"));

    /** The same without its length. */
    private static final byte[] QUESTION = Arrays.copyOfRange(REQUEST, 1, REQUEST.length);

    private static Siege siege;

    @BeforeAll
    static void besiege() throws IOException {
        siege = new Siege(builder -> builder.reactor(peerExchange()));
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
        siege.repels(Reason.REPORTED, attacker -> tell(exchanger(attacker), entry("127.6.6.1", DEAD_PORT)));
    }

    @Test
    void anEmptyAnswerThatNobodyAskedFor() throws IOException {
        siege.repels(Reason.REPORTED, attacker -> tell(exchanger(attacker), NOTHING));
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

    @Test
    void anAnswerOfTensOfThousandsOfEntriesThatNobodyAskedFor() throws IOException {
        byte[] empties = new byte[60_000];
        for (int i = 0; i < empties.length; i += 2) {
            empties[i] = 0x0a;
        }
        siege.repels(Reason.REPORTED, attacker -> tell(exchanger(attacker), empties));
    }

    @Test
    void anAnswerOfMoreEntriesThanAnybodySends() throws Exception {
        whomTheNodeAsks(Map.of(Reason.REPORTED, Traps.COUNT), friend -> tell(friend, entries(251, "127.6.6.")));
    }

    @Test
    void aSecondAnswerToOneQuestion() throws Exception {
        whomTheNodeAsks(Map.of(Reason.REPORTED, Traps.COUNT), friend -> {
            tell(friend, NOTHING);
            tell(friend, NOTHING);
        });
    }

    @Test
    void entriesThatAreNoAddressesAreNotKept() throws Exception {
        int learnt = whomTheNodeAsks(Map.of(Reason.CLOSED_BY_PEER, Traps.COUNT), friend -> {
            tell(friend, entries(250, "host.name."));
            friend.close();
        });
        assertThat(learnt).as("peers that the node learnt of").isZero();
    }

    @Test
    void portsOfOtherServicesAreNotKept() throws Exception {
        int learnt = whomTheNodeAsks(Map.of(Reason.CLOSED_BY_PEER, Traps.COUNT), friend -> {
            tell(friend, entries(250, "127.6.6.", 25));
            friend.close();
        });
        assertThat(learnt).as("peers that the node learnt of").isZero();
    }

    /** All of them lead to this machine, where nobody listens. */
    @Test
    void inventionsFillNoMoreThanTheNodesBook() throws Exception {
        int learnt = whomTheNodeAsks(Map.of(Reason.CLOSED_BY_PEER, Traps.COUNT), friend -> {
            tell(friend, entries(250, "127.6.6."));
            friend.close();
        });
        assertThat(learnt).as("peers that the node learnt of").isBetween(1, Traps.BOOK - Traps.COUNT);
    }

    /** On this machine the address of a teller says nothing, so each identity is a source; elsewhere its part of the network is. */
    @Test
    void whoeverInventsFillsNoMoreThanOneSourcesShare() throws Exception {
        int tellers = 4;
        int share = 64;
        int book = 8 * share;
        try (Traps traps = new Traps();
                Siege asking = new Siege(builder -> traps.bait(builder.reactor(peerExchange()), book))) {
            int before = asking.node().peers().known();
            IntSupplier learnt = () -> asking.node().peers().known() - before;
            asking.repels(Map.of(Reason.CLOSED_BY_PEER, tellers), Traps.DIALS_IN_VAIN, traps::friend, friend -> {
                exchanger(friend);
                friend.readMessage();
                tell(friend, entries(250, "127.6.6."));
                friend.close();
            });
            Await.until(() -> learnt.getAsInt() >= tellers * share, () -> "all to be taken in: " + learnt.getAsInt());
            asking.awaitTalk();
            assertThat(learnt.getAsInt()).isEqualTo(tellers * share);
        }
    }

    /**
     * Plays an attack on a node that has dialed and asked.
     *
     * @return how many more peers the node knows in the end
     */
    private static int whomTheNodeAsks(Map<Reason, Integer> times, Siege.Attack attack) throws Exception {
        try (Traps traps = new Traps();
                Siege asking = new Siege(builder -> traps.bait(builder.reactor(peerExchange())))) {
            int before = asking.node().peers().known();
            asking.repels(times, Traps.DIALS_IN_VAIN, traps::friend, friend -> {
                exchanger(friend);
                assertThat(friend.readMessage()).as("the node's question").isEqualTo(QUESTION);
                attack.on(friend);
            });
            return asking.node().peers().known() - before;
        }
    }

    private static void tell(HostilePeer teller, byte[] entries) throws IOException {
        byte[] message = new Wire().bytes(2, entries).toBytes();
        for (int at = 0; at < message.length; at += 1_000) {
            int end = Math.min(message.length, at + 1_000);
            teller.stream(Wire.packet(PEX, end == message.length, Arrays.copyOfRange(message, at, end)));
        }
    }

    private static byte[] entries(int count, String hosts) {
        return entries(count, hosts, DEAD_PORT);
    }

    private static byte[] entries(int count, String hosts, int port) {
        byte[] all = NOTHING;
        for (int i = 0; i < count; i++) {
            all = Wire.join(all, entry(hosts + i, port));
        }
        return all;
    }

    private static ReactorProvider peerExchange() {
        return ServiceLoader.load(ReactorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("pex"))
                .findFirst()
                .orElseThrow();
    }

    private static HostilePeer exchanger(HostilePeer attacker) throws IOException {
        return attacker.exchangeKeys().prove().introduce(PEX);
    }

    private static byte[] entry(String ip, int port) {
        String id = NodeKey.generate(new SecureRandom()).id().toString();
        return new Wire()
                .bytes(
                        1,
                        new Wire()
                                .text(1, id)
                                .bytes(2, ip.getBytes(UTF_8))
                                .number(3, port)
                                .toBytes())
                .toBytes();
    }
}
