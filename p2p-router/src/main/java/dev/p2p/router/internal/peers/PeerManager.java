package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.HostPort;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.HistoryEvent.Kind;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Decides whom to dial and when, whom to admit, refuse, end and ban. A deterministic machine: no clock, thread, lock or I/O; the
 * same inputs with the same seed give the same effects. Used by one thread.
 */
public final class PeerManager {

    /** The peer works, but not with this node: no use in asking again soon. */
    private static final Set<Reason> INCOMPATIBLE = EnumSet.of(
            Reason.WRONG_NETWORK, Reason.WRONG_BLOCK_VERSION, Reason.NO_COMMON_CHANNEL, Reason.INVALID_NODE_INFO);

    private static final Duration INCOMPATIBLE_FOR = Duration.ofHours(1);

    /** A peer that was let go is not dialed again before this; a CometBFT seed visits nobody more often either. */
    private static final Duration RELEASED_FOR = Duration.ofMinutes(2);

    /** A persistent peer whose good connection broke is dialed again after at most this. */
    private static final int REDIAL_JITTER_MILLIS = 500;

    private final PeerPolicy policy;
    private final RandomGenerator random;
    private final LongSupplier attemptNumbers;
    private final PeerTable table;
    private final Connections connections;
    private final DialSchedule persistentSchedule;
    private final DialSchedule schedule;
    private final Set<String> ownPlaces = new HashSet<>();
    private final List<Effect> effects = new ArrayList<>();
    private long connectionNumber;
    private boolean running;

    /** @param attemptNumbers gives each dial a number that no other attempt has */
    public PeerManager(PeerPolicy policy, RandomGenerator random, LongSupplier attemptNumbers) {
        this.policy = policy;
        this.random = random;
        this.attemptNumbers = attemptNumbers;
        this.table = new PeerTable(policy.maxPeers());
        this.connections = new Connections(policy);
        this.persistentSchedule = new DialSchedule(random);
        this.schedule = new DialSchedule(random);
    }

    /** Takes an input and says what is to be done now, in order. */
    public List<Effect> apply(Input input, Instant now) {
        effects.clear();
        switch (input) {
            case Input.Restore restore -> restore.peers().forEach(peer -> remember(peer, now));
            case Input.Start _ -> start(now);
            case Input.Learn learn -> learn(learn.address(), learn.source(), now);
            case Input.DialFailed failed -> attemptFailed(failed.attempt(), failed.reason(), failed.detail(), now);
            case Input.Accepted accepted -> accepted(accepted.attempt());
            case Input.Handshaken done -> handshaken(done, now);
            case Input.HandshakeFailed failed -> attemptFailed(failed.attempt(), failed.reason(), failed.detail(), now);
            case Input.Closed closed -> closed(closed.peer(), closed.reason(), now);
            case Input.Reported reported -> reported(reported.peer(), reported.error(), now);
            case Input.Wake _ -> {}
            case Input.Stop _ -> stop();
        }
        if (running) {
            dialWhatIsDue(now);
        }
        return List.copyOf(effects);
    }

    /** When this machine wants to be asked again, if nothing else happens. */
    public Optional<Instant> nextWake() {
        if (!running) {
            return Optional.empty();
        }
        Optional<Instant> others =
                connections.outbound() < policy.maxOutbound() ? schedule.firstAt() : Optional.empty();
        return persistentSchedule
                .firstAt()
                .map(first -> others.filter(other -> other.isBefore(first)).orElse(first))
                .or(() -> others);
    }

    /** All that is known now. */
    Collection<PeerRecord> known() {
        return table.all();
    }

    private void start(Instant now) {
        running = true;
        for (NodeAddress address : policy.persistent()) {
            if (!address.id().equals(policy.self())) {
                PeerRecord peer = table.get(address.id(), now);
                PeerRecord configured = PeerTable.withAddress(peer, address, new Source.Configured(), now);
                save(PeerTable.withChanged(configured, address, PeerManager::readyAtOnce), Durability.SYNC);
            }
        }
        table.all().forEach(peer -> reschedule(peer.id()));
    }

    private static AddressRecord readyAtOnce(AddressRecord record) {
        return new AddressRecord(
                record.address(),
                record.source(),
                record.firstSeen(),
                record.lastSuccess(),
                0,
                Optional.empty(),
                record.expires());
    }

    private void remember(PeerRecord peer, Instant now) {
        if (table.size() < policy.maxPeers() && !peer.id().equals(policy.self())) {
            table.put(peer.lastConnected().filter(now::isBefore).isPresent() ? peer.withLastConnected(now) : peer);
            reschedule(peer.id());
        }
    }

    private void learn(NodeAddress address, Source source, Instant now) {
        boolean own = address.id().equals(policy.self()) || ownPlaces.contains(place(address));
        boolean wide = address.scope().compareTo(policy.narrowestScope()) >= 0;
        boolean usable =
                (wide || source instanceof Source.Configured) && (address.host().isEmpty() || address.port() > 0);
        if (own || !usable) {
            return;
        }
        Optional<PeerRecord> known = table.find(address.id());
        if (known.isEmpty()) {
            Optional<NodeId> evicted = table.evictIfFull(id -> policy.isPersistent(id) || connections.busyWith(id));
            evicted.ifPresent(this::forget);
            if (table.size() >= policy.maxPeers()) {
                return;
            }
        }
        PeerRecord before = known.orElseGet(() -> PeerRecord.unknown(address.id(), now));
        PeerRecord after = PeerTable.withAddress(before, address, source, now);
        if (!after.equals(before)) {
            save(after, Durability.ASYNC);
        }
    }

    private void accepted(long attempt) {
        if (!running) {
            effects.add(new Effect.Refuse(attempt, Reason.SHUTDOWN));
        } else if (connections.inbound() >= policy.maxInbound()) {
            effects.add(new Effect.Refuse(attempt, Reason.FULL));
        } else {
            connections.began(attempt, null);
            effects.add(new Effect.Proceed(attempt));
        }
    }

    private void handshaken(Input.Handshaken done, Instant now) {
        Optional<Connections.Attempt> attempt = connections.ended(done.attempt());
        NodeId id = done.info().id();
        Optional<Reason> refusal = attempt.isEmpty() ? Optional.of(Reason.REQUESTED) : refusal(done, now);
        if (refusal.isPresent()) {
            effects.add(new Effect.Refuse(done.attempt(), refusal.get()));
            record(id, Kind.REFUSED, refusal.get().toString(), done.remote().toString(), now);
            reschedule(id);
            return;
        }
        connections.find(id).ifPresent(old -> {
            effects.add(new Effect.Close(old.peer(), Reason.DUPLICATE));
            connections.remove(old.peer());
        });
        PeerRef peer = new PeerRef(id, ++connectionNumber);
        NodeAddress dialed = attempt.get().address();
        connections.add(new Connections.Live(peer, done.direction(), now, dialed));
        effects.add(new Effect.Admit(done.attempt(), peer));
        PeerRecord known = table.get(id, now).withLastConnected(now);
        save(
                dialed == null ? known : PeerTable.withChanged(known, dialed, record -> reached(record, now)),
                Durability.ASYNC);
        record(
                id,
                Kind.CONNECTED,
                done.direction().name().toLowerCase(Locale.ROOT),
                done.remote().toString(),
                now);
        selfReported(done).ifPresent(address -> learn(address, new Source.SelfReported(), now));
    }

    /** Reached, but not yet for long: the failures before count on until the connection has proven itself. */
    private static AddressRecord reached(AddressRecord record, Instant now) {
        return new AddressRecord(
                record.address(),
                record.source(),
                record.firstSeen(),
                Optional.of(now),
                record.failures(),
                record.nextAttempt(),
                record.expires());
    }

    private Optional<Reason> refusal(Input.Handshaken done, Instant now) {
        NodeId id = done.info().id();
        if (!running) {
            return Optional.of(Reason.SHUTDOWN);
        }
        if (id.equals(policy.self())) {
            return Optional.of(Reason.SELF);
        }
        if (table.find(id)
                .flatMap(PeerRecord::ban)
                .filter(ban -> ban.holdsAt(now))
                .isPresent()) {
            return Optional.of(Reason.BANNED);
        }
        Optional<Connections.Live> earlier = connections.find(id);
        if (earlier.filter(old -> old.direction() == Direction.INBOUND).isEmpty()
                && done.direction() == Direction.INBOUND
                && connections.inbound() >= policy.maxInbound()) {
            return Optional.of(Reason.FULL);
        }
        return earlier.filter(old -> !Duplicates.newOneStays(policy.self(), old, done.direction(), now))
                .map(old -> Reason.DUPLICATE);
    }

    private void attemptFailed(long number, Reason reason, String detail, Instant now) {
        Optional<NodeAddress> dialed = connections.ended(number).map(Connections.Attempt::address);
        if (dialed.isEmpty()) {
            return;
        }
        NodeAddress address = dialed.get();
        NodeId id = address.id();
        PeerRecord peer = table.get(id, now);
        if (reason == Reason.SELF) {
            ownPlaces.add(place(address));
            save(withoutAddress(peer, address), Durability.ASYNC);
            return;
        }
        PeerRecord failed = PeerTable.withChanged(
                peer, address, record -> record.failed(policy.backOff(id).next(record.failures() + 1, now, random)));
        if (INCOMPATIBLE.contains(reason) && !policy.isPersistent(id)) {
            failed = failed.withIncompatible(Optional.of(new Mark(now.plus(INCOMPATIBLE_FOR), reason.toString())));
        }
        save(failed, Durability.ASYNC);
        record(id, Kind.DIAL_FAILED, reason.toString(), detail, now);
    }

    private void closed(PeerRef ref, Reason reason, Instant now) {
        Optional<Connections.Live> gone = connections.remove(ref);
        if (gone.isEmpty()) {
            return;
        }
        NodeId id = ref.id();
        boolean stable = Duration.between(gone.get().since(), now).compareTo(policy.stableAfter()) >= 0;
        PeerRecord peer = table.get(id, now).withLastConnected(now);
        NodeAddress dialed = gone.get().address();
        List<AddressRecord> addresses = peer.addresses().stream()
                .map(record -> record.address().equals(dialed) || dialed == null
                        ? after(record, id, stable, reason, now)
                        : record)
                .toList();
        save(peer.withAddresses(addresses), Durability.ASYNC);
        record(id, Kind.DISCONNECTED, reason.toString(), "", now);
    }

    /** A connection that lasted lets the back-off begin anew; one that broke at once counts as a failure. */
    private AddressRecord after(AddressRecord record, NodeId id, boolean stable, Reason reason, Instant now) {
        if (reason == Reason.REQUESTED) {
            return notBefore(record, now.plus(RELEASED_FOR));
        }
        if (!stable) {
            return record.failed(policy.backOff(id).next(record.failures() + 1, now, random));
        }
        Instant next = policy.isPersistent(id)
                ? now.plusMillis(random.nextInt(REDIAL_JITTER_MILLIS))
                : policy.retry().next(1, now, random);
        return new AddressRecord(
                record.address(),
                record.source(),
                record.firstSeen(),
                record.lastSuccess(),
                0,
                Optional.of(next),
                record.expires());
    }

    private static AddressRecord notBefore(AddressRecord record, Instant next) {
        return new AddressRecord(
                record.address(),
                record.source(),
                record.firstSeen(),
                record.lastSuccess(),
                record.failures(),
                Optional.of(next),
                record.expires());
    }

    private void reported(PeerRef ref, PeerError error, Instant now) {
        PeerRecord peer = table.get(ref.id(), now);
        switch (error.action()) {
            case PeerError.Action.Note _ -> {}
            case PeerError.Action.Penalise(var points) -> {
                PeerRecord penalised = Reputation.penalised(peer, points, now);
                save(penalised, Durability.ASYNC);
                record(ref.id(), Kind.PENALISED, error.code(), "-" + points, now);
                if (penalised.reputation() < Reputation.BAN_BELOW) {
                    ban(ref, error.code(), Reputation.BAN, now);
                }
            }
            case PeerError.Action.Release _ -> release(ref);
            case PeerError.Action.Disconnect _ -> close(ref, Reason.REPORTED);
            case PeerError.Action.Ban(var duration) -> ban(ref, error.code(), duration, now);
        }
    }

    private void ban(PeerRef ref, String code, Duration duration, Instant now) {
        Mark mark = new Mark(now.plus(duration), code);
        save(table.get(ref.id(), now).withBan(Optional.of(mark)), Durability.SYNC);
        record(ref.id(), Kind.BANNED, code, "until " + mark.until(), now);
        close(ref, Reason.BANNED);
    }

    /** An exchange is over. A persistent peer would come back at once, so it stays. */
    private void release(PeerRef ref) {
        connections
                .find(ref.id())
                .filter(live -> live.peer().equals(ref) && !policy.isPersistent(ref.id()))
                .ifPresent(live -> effects.add(new Effect.Release(ref)));
    }

    private void close(PeerRef ref, Reason reason) {
        connections
                .find(ref.id())
                .filter(live -> live.peer().equals(ref))
                .ifPresent(live -> effects.add(new Effect.Close(ref, reason)));
    }

    private void stop() {
        running = false;
        connections.all().forEach(live -> effects.add(new Effect.Close(live.peer(), Reason.SHUTDOWN)));
    }

    private void dialWhatIsDue(Instant now) {
        while (persistentSchedule.firstAt().filter(at -> !at.isAfter(now)).isPresent()) {
            dial(persistentSchedule, now);
        }
        while (connections.outbound() < policy.maxOutbound()
                && schedule.firstAt().filter(at -> !at.isAfter(now)).isPresent()) {
            dial(schedule, now);
        }
    }

    private void dial(DialSchedule from, Instant now) {
        NodeId id = from.first().orElseThrow();
        from.remove(id);
        NodeAddress address = table.get(id, now).addresses().stream()
                .filter(record -> record.nextAttempt().filter(now::isBefore).isEmpty())
                .min(Comparator.comparingInt(AddressRecord::failures)
                        .thenComparing(record -> record.lastSuccess().isEmpty()))
                .orElseThrow()
                .address();
        long attempt = attemptNumbers.getAsLong();
        connections.began(attempt, address);
        effects.add(new Effect.Dial(attempt, address));
    }

    /** Puts a peer where it belongs in the schedules: nowhere while there is a connection or an attempt. */
    private void reschedule(NodeId id) {
        persistentSchedule.remove(id);
        schedule.remove(id);
        Optional<PeerRecord> peer = table.find(id);
        if (peer.isEmpty() || peer.get().addresses().isEmpty() || connections.busyWith(id)) {
            return;
        }
        Instant due = peer.get().addresses().stream()
                .map(record -> record.nextAttempt().orElse(Instant.EPOCH))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        due = later(due, peer.get().ban());
        due = later(due, peer.get().incompatible());
        (policy.isPersistent(id) ? persistentSchedule : schedule).put(id, due);
    }

    private static Instant later(Instant due, Optional<Mark> mark) {
        return mark.map(Mark::until).filter(until -> until.isAfter(due)).orElse(due);
    }

    private void save(PeerRecord peer, Durability durability) {
        table.put(peer);
        effects.add(new Effect.Persist(new Change.Put(peer), durability));
        reschedule(peer.id());
    }

    private void forget(NodeId id) {
        persistentSchedule.remove(id);
        schedule.remove(id);
        effects.add(new Effect.Persist(new Change.Delete(id), Durability.ASYNC));
    }

    private void record(NodeId id, Kind kind, String reason, String detail, Instant now) {
        effects.add(new Effect.Persist(
                new Change.Append(id, new HistoryEvent(now, kind, reason, detail)), Durability.ASYNC));
    }

    private static PeerRecord withoutAddress(PeerRecord peer, NodeAddress address) {
        return peer.withAddresses(peer.addresses().stream()
                .filter(record -> !record.address().equals(address))
                .toList());
    }

    /** Where an inbound peer says that it listens; its own address as we see it, if it says "everywhere". */
    private static Optional<NodeAddress> selfReported(Input.Handshaken done) {
        HostPort place = done.info().listenPlace();
        if (done.direction() == Direction.OUTBOUND || place.port() == 0) {
            return Optional.empty();
        }
        Endpoint remote = done.remote();
        boolean everywhere = place.ip().filter(InetAddress::isAnyLocalAddress).isPresent();
        if (!everywhere) {
            return Optional.of(NodeAddress.of(done.info().id(), place));
        }
        return remote instanceof NetEndpoint net
                ? Optional.of(NodeAddress.of(done.info().id(), new NetEndpoint(net.protocol(), net.ip(), place.port())))
                : Optional.empty();
    }

    private static String place(NodeAddress address) {
        return address.protocol() + "://" + address.host() + ":" + address.port() + address.path();
    }
}
