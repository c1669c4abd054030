package dev.p2p.router.internal.peers;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Ban;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Explanation;
import dev.p2p.router.control.Explanation.NextStep;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.NodeStatus;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Decides whom to dial and when, whom to admit, refuse, replace, end and ban, and what to tell others. A deterministic machine: no
 * clock, thread, lock or I/O; the same inputs with the same seed give the same effects. Used by one thread. An input costs
 * O(log n) of the known peers.
 */
public final class PeerManager {

    private final PeerBook book;
    private final OwnAddresses own;
    private final Learning learning;
    private final Evictions evictions;
    private final Newcomers newcomers;
    private final Probes probes;
    private final Admissions admissions;
    private final Dialing dialing;
    private final Endings endings;
    private final Conduct conduct;
    private final Imports imports;
    private final Wishes wishes;
    private final Explainer explainer;
    private final Expiry expiry;
    private final LastRun lastRun;
    private long stale;
    private boolean running;

    /** @param attemptNumbers gives each dial a number that no other attempt has */
    public PeerManager(PeerPolicy policy, RandomGenerator random, LongSupplier attemptNumbers) {
        this(policy, random, attemptNumbers, new DialBudget(policy.pace().dialBurst(), 0, Instant.EPOCH));
    }

    PeerManager(PeerPolicy policy, RandomGenerator random, LongSupplier attemptNumbers, DialBudget budget) {
        this.book = new PeerBook(policy, random);
        this.own = new OwnAddresses(policy.rules(), book.pool);
        this.learning = new Learning(book, own);
        this.evictions = new Evictions(book);
        this.newcomers = new Newcomers(book, evictions);
        this.probes = new Probes(book);
        this.admissions = new Admissions(book, evictions, newcomers, probes, learning);
        this.dialing = new Dialing(book, attemptNumbers, evictions, own, budget);
        this.endings = new Endings(book);
        this.conduct = new Conduct(book, evictions);
        this.imports = new Imports(book, own, conduct);
        this.wishes = new Wishes(book, conduct, dialing, evictions, own, imports);
        this.explainer = new Explainer(book);
        this.expiry = new Expiry(book);
        this.lastRun = new LastRun(book);
    }

    /** Takes an input and says what is to be done now, in order. */
    public List<Effect> apply(Input input, Instant now) {
        book.begin(now);
        switch (input) {
            case Input.Restore restore -> lastRun.restore(restore.peers(), restore.blocks());
            case Input.Start _ -> start();
            case Input.Learn(var address, var source) -> learning.learn(address, source);
            case Input.DialFailed(var attempt, var reason, var detail) -> attemptFailed(attempt, reason, detail);
            case Input.Accepted(var attempt, var remote) -> accepted(attempt, remote);
            case Input.Handshaken done -> handshaken(done);
            case Input.HandshakeFailed(var attempt, var id, var reason, var detail) -> {
                attemptFailed(attempt, reason, detail);
                id.filter(_ -> reason == Reason.BANNED).ifPresent(known -> admissions.turnedAway(known, detail));
            }
            case Input.Closed closed -> {
                endings.closed(closed.peer(), closed.reason());
                probes.answered(closed.peer()).ifPresent(admissions::oldOneIsGone);
            }
            case Input.Probed(var peer, var alive) ->
                probes.answered(peer).ifPresent(alive ? admissions::oldOneLives : admissions::oldOneIsGone);
            case Input.Reported(var peer, var error) -> conduct.reported(peer, error);
            case Input.Wake _ -> {}
            case Input.ClockStepped(var by) -> shift(by);
            case Input.Stop _ -> stop();
            case Input.Wish wish -> book.out.add(new Effect.Answer(wishes.grant(wish)));
        }
        if (running) {
            probes.expired().forEach(admissions::oldOneIsGone);
            newcomers.look();
            expiry.look();
            dialing.dialWhatIsDue();
        }
        return book.out.taken();
    }

    /** What the last input led to until {@link #apply} threw. */
    List<Effect> begun() {
        return book.out.taken();
    }

    /** When this machine wants to be asked again, if nothing else happens. */
    public Optional<Instant> nextWake() {
        return running
                ? Stream.of(newcomers.nextWake(), probes.nextWake(), dialing.nextWake(), expiry.nextWake())
                        .reduce(Optional.empty(), Dialing::earlier)
                : Optional.empty();
    }

    /** All that is remembered now, in no order. */
    List<PeerRecord> known() {
        return book.table.all().stream().map(PeerEntry::record).toList();
    }

    /** What may be told to other peers. Other threads may read it. */
    AddressPool pool() {
        return book.pool;
    }

    /** Who is banned. Other threads may read it. */
    IdentityBans identityBans() {
        return book.bans;
    }

    /** How many peers are known. */
    int size() {
        return book.table.size();
    }

    /** All peers as they are at an instant, by identity. */
    public List<KnownPeer> peers(Instant now) {
        return book.table.all().stream()
                .map(entry -> explainer.view(entry, now))
                .sorted(Comparator.comparing(peer -> peer.record().id()))
                .toList();
    }

    public Optional<KnownPeer> peer(NodeId id, Instant now) {
        return Optional.ofNullable(book.find(id)).map(entry -> explainer.view(entry, now));
    }

    public Explanation explain(NodeId id, Instant now) {
        return explainer.explain(id, now);
    }

    /** What would become of a peer if it were taken in. */
    public Outcome rehearse(PeerMemory told, MergeRule rule, Instant now) {
        return imports.rehearse(told, rule, now);
    }

    public List<Decision> history(NodeId id, int limit) {
        return book.history.of(id, limit);
    }

    /** The bans that hold. */
    public List<Ban> bans(Instant now) {
        List<Ban> bans = new ArrayList<>();
        book.table.all().stream()
                .filter(entry -> entry.bannedAt(now))
                .sorted(Comparator.comparing(entry -> entry.id))
                .forEach(entry ->
                        bans.add(new Ban.OfPeer(entry.id, entry.record().ban().orElseThrow())));
        book.blocks.holding(now).forEach((block, mark) -> bans.add(new Ban.OfBlock(block, mark)));
        return bans;
    }

    public NodeStatus status(NodeInfo self, Instant startedAt, Instant now, long missedEvents) {
        return new NodeStatus(
                self,
                startedAt,
                now,
                book.slots.uses(),
                book.table.size(),
                book.table.verifiedCount(),
                book.policy.rules().maxPeers(),
                book.bans.countAt(now),
                book.blocks.holding(now).size(),
                book.connections.dialing(),
                book.schedule.waiting(),
                book.schedule.ready(),
                book.absentReserved(),
                nextWake(),
                running ? plans() : List.of(),
                own.all(),
                missedEvents);
    }

    private List<NextStep> plans() {
        List<NextStep> plans = new ArrayList<>(dialing.plans());
        newcomers.nextWake().ifPresent(at -> plans.add(new NextStep("end of a newcomer's time", Optional.of(at))));
        probes.nextWake().ifPresent(at -> plans.add(new NextStep("end of a wait for a sign of life", Optional.of(at))));
        plans.sort(Comparator.comparing(plan -> plan.at().orElse(Instant.MAX)));
        return plans;
    }

    /** How many addresses were not taken in, by reason. */
    Map<String, Long> notLearned() {
        return learning.refused();
    }

    /** How many results named attempts, and reports peers, that are not known. */
    long staleInputs() {
        return stale + conduct.unknownReports();
    }

    /** For tests that look inside. */
    PeerBook book() {
        return book;
    }

    private void start() {
        running = true;
        expiry.started();
        lastRun.configured();
        lastRun.anchors();
    }

    private void accepted(long attempt, Endpoint remote) {
        if (running) {
            admissions.accepted(attempt, remote);
        } else {
            book.out.add(new Effect.Refuse(attempt, Reason.SHUTDOWN));
        }
    }

    private void handshaken(Input.Handshaken done) {
        Optional<Attempt> attempt = book.connections.ended(done.attempt());
        if (attempt.isEmpty()) {
            stale++;
            book.out.add(new Effect.Refuse(done.attempt(), Reason.REQUESTED));
        } else if (!running) {
            book.out.add(new Effect.Refuse(done.attempt(), Reason.SHUTDOWN));
        } else {
            admissions.handshaken(attempt.get(), done);
        }
    }

    private void attemptFailed(long number, Reason reason, String detail) {
        Optional<Attempt> attempt = book.connections.ended(number);
        if (attempt.isEmpty()) {
            stale++;
            return;
        }
        probes.gone(number);
        dialing.failed(attempt.get(), reason, detail);
    }

    private void shift(Duration by) {
        evictions.shift(by);
        dialing.shift(by);
        probes.shift(by);
        expiry.shift(by);
        book.connections.all().forEach(live -> live.since = live.since.plus(by));
        for (PeerEntry entry : List.copyOf(book.table.all())) {
            PeerRecord shifted = Remembered.shifted(entry.record(), by);
            if (!shifted.equals(entry.record())) {
                book.save(entry, shifted, Durability.ASYNC);
            }
        }
    }

    private void stop() {
        running = false;
        book.connections.all().forEach(live -> evictions.end(live, Reason.SHUTDOWN));
    }
}
