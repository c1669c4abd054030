package dev.p2p.router.internal.admission;

import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeListener;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.TransportException;
import dev.p2p.router.internal.Threads;
import dev.p2p.router.internal.inbound.ReassemblyBudget;
import dev.p2p.router.internal.link.ChannelTable;
import dev.p2p.router.internal.link.Link;
import dev.p2p.router.internal.link.LinkTable;
import dev.p2p.router.internal.peers.Input;
import dev.p2p.router.internal.peers.PeerActions;
import dev.p2p.router.internal.peers.PeerAuthority;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the peer manager decides: dials, shakes hands, turns handshaken connections into live ones and closes them.
 * Each attempt runs on a thread of its own and tells the manager how it went; no method here blocks.
 */
public final class Admission implements PeerActions, AcceptLoop.Door, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Admission.class.getName());

    private final NodeKey key;
    private final NodeInfo self;
    private final Duration handshakeLimit;
    private final ChannelTable channels;
    private final LinkTable links;
    private final Threads threads;
    private final InstantSource clock;
    private final PeerAuthority manager;
    private final Dialer dialer;
    private final LiveLinks live;
    private final Doorkeeper doorkeeper;
    private final Endings endings;
    private final ReassemblyBudget reassembly;
    private final ConcurrentHashMap<Long, Attempt> attempts = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param endings counts what ends, for whatever reason
     * @param manager takes what happened, and knows who is banned
     */
    public Admission(
            NodeKey key,
            NodeInfo self,
            TransportSet transports,
            AdmissionLimits limits,
            ChannelTable channels,
            LinkTable links,
            Threads threads,
            InstantSource clock,
            Endings endings,
            PeerAuthority manager) {
        this.key = key;
        this.self = self;
        this.handshakeLimit = limits.handshake();
        this.channels = channels;
        this.links = links;
        this.threads = threads;
        this.clock = clock;
        this.endings = endings;
        this.manager = manager;
        this.dialer = new Dialer(transports, limits.dial(), threads, clock);
        this.live = new LiveLinks(links, transports.timer(), manager.inbox());
        this.doorkeeper = new Doorkeeper(
                new Doorkeeper.Limits(limits.pending(), limits.pendingEach(), limits.liveEach(), limits.exempt()),
                System::nanoTime);
        this.reassembly = new ReassemblyBudget(limits.unfinishedBytes());
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        doorkeeper.awaitRoom();
    }

    /** Somebody knocked. Unless there are too many from there, the manager will say {@link #proceed} or {@link #refuse}. */
    @Override
    public void knocked(long attempt, PendingConnection pending) {
        Doorkeeper.Answer answer = doorkeeper.knock(attempt, pending.remote());
        answer.makesRoom().forEach(oldest -> refuse(oldest, Reason.CROWDED_OUT));
        if (answer.ticket() == null) {
            LOG.log(Level.DEBUG, () -> "refused " + pending.remote() + ": too many from there");
            endings.count(Reason.CROWDED_OUT);
            pending.close();
            return;
        }
        attempts.put(attempt, new Attempt(Direction.INBOUND, pending, null, pending.remote(), answer.ticket()));
        if (closed) {
            refuse(attempt, Reason.SHUTDOWN);
            return;
        }
        manager.accept(new Input.Accepted(attempt, pending.remote()));
    }

    @Override
    public void dial(long attempt, NodeAddress address) {
        threads.start("p2p-dial-" + address.id().shortText(), () -> dialNow(attempt, address));
    }

    @Override
    public void proceed(long attempt) {
        Attempt inbound = attempts.get(attempt);
        PendingConnection pending = inbound == null ? null : inbound.pending();
        if (pending == null) {
            manager.accept(new Input.HandshakeFailed(
                    attempt, Optional.empty(), Reason.CROWDED_OUT, "it had to make room before it began"));
            return;
        }
        threads.start(
                "p2p-handshake-" + attempt, () -> shakeHands(attempt, Direction.INBOUND, pending, Optional.empty()));
    }

    @Override
    public void admit(long attempt, PeerRef peer) {
        Attempt done = attempts.remove(attempt);
        Connection connection = done == null ? null : done.connection();
        if (done == null || connection == null || closed) {
            if (done != null) {
                endings.count(Reason.SHUTDOWN);
                done.close(Reason.SHUTDOWN);
            }
            manager.accept(new Input.Closed(peer, Reason.SHUTDOWN));
            return;
        }
        Link link = new Link(
                peer,
                connection,
                done.direction(),
                done.remote(),
                clock.instant(),
                channels,
                reassembly,
                (gone, why) -> ended(gone, why, done.ticket()));
        links.add(link);
        LOG.log(
                Level.INFO,
                () -> "peer up " + peer.id() + " " + done.direction() + " " + done.remote() + " \""
                        + link.info().moniker() + "\" version " + link.info().version());
        link.start(threads);
        if (closed) { // since the look above; whoever closes all connections may have missed this one
            link.close(Reason.SHUTDOWN);
        }
    }

    @Override
    public void refuse(long attempt, Reason reason) {
        Attempt refused = attempts.remove(attempt);
        if (refused != null) {
            LOG.log(Level.DEBUG, () -> "refused " + refused.remote() + ": " + reason);
            endings.count(reason);
            refused.close(reason);
        }
    }

    @Override
    public void close(PeerRef peer, Reason reason) {
        live.close(peer, reason);
    }

    @Override
    public void release(PeerRef peer) {
        live.release(peer);
    }

    @Override
    public void probe(PeerRef peer) {
        live.probe(peer);
    }

    /** Drops all attempts. Live connections stay. */
    @Override
    public void close() {
        closed = true;
        attempts.keySet().forEach(attempt -> refuse(attempt, Reason.SHUTDOWN));
        dialer.close();
    }

    private void dialNow(long attempt, NodeAddress address) {
        PendingConnection pending;
        try {
            pending = dialer.dial(address);
        } catch (IOException e) {
            endings.count(TransportException.reasonOf(e));
            manager.accept(
                    new Input.DialFailed(attempt, TransportException.reasonOf(e), String.valueOf(e.getMessage())));
            return;
        } catch (InterruptedException e) {
            manager.accept(new Input.DialFailed(attempt, Reason.SHUTDOWN, "interrupted"));
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "dialing " + address + " failed on this side", e);
            manager.accept(new Input.DialFailed(attempt, Reason.INTERNAL_ERROR, e.toString()));
            return;
        }
        attempts.put(attempt, new Attempt(Direction.OUTBOUND, pending, null, pending.remote(), null));
        shakeHands(attempt, Direction.OUTBOUND, pending, Optional.of(address.id()));
    }

    private void shakeHands(long attempt, Direction direction, PendingConnection pending, Optional<NodeId> expected) {
        Proof proof = new Proof(direction, pending.remote());
        try {
            Connection connection = pending.handshake(new HandshakeRequest(key, self, expected, handshakeLimit, proof));
            Attempt done = attempts.computeIfPresent(attempt, (_, before) -> before.handshaken(connection));
            if (done == null || closed) {
                connection.close(Reason.SHUTDOWN);
                failed(attempt, proof, Reason.SHUTDOWN, "it was refused meanwhile");
                return;
            }
            if (done.ticket() != null) {
                done.ticket().proven();
            }
            manager.accept(new Input.Handshaken(attempt, connection.peerInfo(), direction, pending.remote()));
        } catch (IOException e) {
            failed(attempt, proof, TransportException.reasonOf(e), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            failed(attempt, proof, Reason.SHUTDOWN, "interrupted");
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "the handshake with " + pending.remote() + " failed on this side", e);
            failed(attempt, proof, Reason.INTERNAL_ERROR, e.toString());
        }
    }

    private void failed(long attempt, Proof proof, Reason reason, String detail) {
        Attempt gone = attempts.remove(attempt);
        if (gone != null) {
            endings.count(reason);
            gone.close(reason);
            LOG.log(Level.DEBUG, () -> "handshake with " + gone.remote() + " failed: " + reason + ", " + detail);
        }
        manager.accept(new Input.HandshakeFailed(attempt, Optional.ofNullable(proof.peer), reason, detail));
    }

    private void ended(Link link, Reason reason, Doorkeeper.@Nullable Ticket ticket) {
        links.remove(link);
        endings.count(reason);
        if (ticket != null) {
            ticket.giveBack();
        }
        var counters = link.view().traffic().link();
        LOG.log(
                Level.INFO,
                () -> "peer down " + link.peer().id() + " reason=" + reason + " pings-sent=" + counters.pingsSent()
                        + " pongs-received=" + counters.pongsReceived() + " pings-received=" + counters.pingsReceived()
                        + " bytes-in=" + counters.bytesIn() + " bytes-out=" + counters.bytesOut());
        manager.accept(new Input.Closed(link.peer(), reason));
    }

    /** Keeps who the peer proved to be, also when the handshake fails later. Whoever comes in and is banned hears nothing of this node. */
    private final class Proof implements HandshakeListener {

        private final Direction direction;
        private final Endpoint remote;
        private volatile @Nullable NodeId peer;

        Proof(Direction direction, Endpoint remote) {
            this.direction = direction;
            this.remote = remote;
        }

        @Override
        public void authenticated(NodeId proven) throws TransportException {
            peer = proven;
            if (direction == Direction.INBOUND && manager.bans().test(proven)) {
                throw new TransportException(Reason.BANNED, remote.toString());
            }
        }
    }
}
