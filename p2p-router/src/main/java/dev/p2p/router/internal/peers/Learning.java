package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes in addresses, or says why not. */
final class Learning {

    private final PeerBook book;
    private final OwnAddresses own;
    private final AddressLife life;
    private final Map<String, Long> refused = new TreeMap<>();

    Learning(PeerBook book, OwnAddresses own) {
        this.book = book;
        this.own = own;
        this.life = book.policy.rules().life();
    }

    void learn(NodeAddress address, Source source) {
        PeerEntry known = book.find(address.id());
        AddressRecord before = known == null ? null : Addresses.find(known.record(), address);
        if (known != null && before != null) {
            heardAgain(known, before, source);
            return;
        }
        String refusal = refusal(address, source);
        if (refusal != null) {
            refuse(address, refusal);
        } else if (known == null) {
            addPeer(address, source);
        } else {
            addAddress(known, address, source);
        }
    }

    /** How many addresses were not taken in, by reason. */
    Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }

    private @Nullable String refusal(NodeAddress address, Source source) {
        if (address.id().equals(book.policy.self())) {
            if (source instanceof Source.Exchange(NodeId teller)) {
                own.vote(address, teller, Optional.ofNullable(book.connections.find(teller)));
            }
            return "own-id";
        }
        if (!isDestination(address)) {
            return address.host().isEmpty() || address.port() > 0 ? "unusable" : "port-0";
        }
        AddressScope scope = address.scope();
        boolean asked = source instanceof Source.Configured || source instanceof Source.Operator;
        if (!asked && scope.compareTo(book.policy.rules().narrowestScope()) < 0) {
            return "scope-" + scope.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (isLow(address.port()) && isOfAnother(address, source)) {
            return "low-port";
        }
        if (own.isOwn(address)) {
            return "own-address";
        }
        return book.blocks.bans(address, book.now()) ? "banned" : null;
    }

    /** Whether an address can be dialed by anybody at all. */
    static boolean isDestination(NodeAddress address) {
        return address.scope() != AddressScope.UNUSABLE && (address.host().isEmpty() || address.port() > 0);
    }

    /** Whether nobody says this of the host that he is at: somebody else's, whose owner did not ask to be dialed. */
    private boolean isOfAnother(NodeAddress address, Source source) {
        Live teller = source instanceof Source.SelfReported ? book.connections.find(address.id()) : null;
        return source instanceof Source.Exchange || (teller != null && !SelfReport.cameFrom(teller, address));
    }

    /** A transport without ports has 0. */
    private boolean isLow(int port) {
        return port > 0 && port < book.policy.rules().lowestPort();
    }

    private void addPeer(NodeAddress address, Source source) {
        Optional<Live> teller = source instanceof Source.Exchange(NodeId id)
                ? Optional.ofNullable(book.connections.find(id))
                : Optional.empty();
        QuotaBucket full = book.quotas.full(address, source, teller);
        if (full != null) {
            PeerEntry drawn = full.drawIdle(book.random);
            if (drawn == null) {
                refuse(address, "quota");
                return;
            }
            book.table.forget(drawn, "quota");
        }
        if (!book.table.makeRoom()) {
            refuse(address, "no-room");
            return;
        }
        PeerEntry entry = book.add(PeerRecord.unknown(address.id(), book.now()));
        book.quotas.count(entry, address, source, teller);
        addAddress(entry, address, source);
    }

    /** What is known already may stay the longer for it. */
    private void heardAgain(PeerEntry entry, AddressRecord before, Source source) {
        AddressRecord after =
                AddressLife.isHearsay(source) ? life.renewed(before, book.now()) : Addresses.kept(before, source);
        if (!after.equals(before)) {
            book.save(entry, Addresses.changed(entry.record(), before.address(), _ -> after), Durability.ASYNC);
        }
    }

    /** An announcement that is new also ends the belief that the peer does not fit. */
    private void addAddress(PeerEntry entry, NodeAddress address, Source source) {
        PeerRecord before = entry.record();
        PeerRecord after = Addresses.with(
                before,
                address,
                source,
                book.now(),
                life.ofHeard(source, book.now()),
                book.policy.rules().addressesPerPeer());
        if (after == before) {
            refuse(address, "too-many-addresses");
            return;
        }
        if (before.incompatible().isPresent()) {
            after = after.withIncompatible(Optional.empty());
        }
        book.save(entry, after, Durability.ASYNC);
        book.out.tell(Optional.of(entry.id), Decision.Kind.LEARNED, word(source), "");
    }

    private void refuse(NodeAddress address, String reason) {
        refused.merge(reason, 1L, Long::sum);
        book.out.tell(Optional.of(address.id()), Decision.Kind.NOT_LEARNED, reason, "");
    }

    private static String word(Source source) {
        return switch (source) {
            case Source.Configured _ -> "configured";
            case Source.Operator _ -> "operator";
            case Source.SelfReported _ -> "self-reported";
            case Source.Exchange _ -> "exchange";
        };
    }
}
