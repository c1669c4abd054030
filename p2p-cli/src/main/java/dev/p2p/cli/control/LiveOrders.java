package dev.p2p.cli.control;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.Outcome;
import dev.p2p.cli.peerdata.Outcome.Status;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.PeerControl;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Carries out orders at a running node. */
final class LiveOrders {

    private final PeerControl control;

    LiveOrders(PeerControl control) {
        this.control = control;
    }

    /** Does it. What the store did not take yet holds all the same, and the outcome says so. */
    Outcome carryOut(PeerOrder order) throws InterruptedException {
        try {
            return outcome(order, submit(order));
        } catch (PeerStoreException e) {
            return new Outcome(order.subject(), Status.DONE, done(order) + ", but not on disk yet: " + e.getMessage());
        }
    }

    /** Tells what would happen, as far as that shows. */
    Outcome rehearse(PeerOrder order) throws InterruptedException {
        return switch (order) {
            case PeerOrder.Add _, PeerOrder.Ban _, PeerOrder.Block _, PeerOrder.Unblock _ ->
                new Outcome(order.subject(), Status.DONE, done(order));
            case PeerOrder.Remove(var id) -> rehearse(order, id);
            case PeerOrder.Unban(var id) -> rehearse(order, id);
            case PeerOrder.Connect(var id) -> rehearse(order, id);
            case PeerOrder.Disconnect(var id, var _) -> rehearse(order, id);
        };
    }

    private Outcome rehearse(PeerOrder order, NodeId id) throws InterruptedException {
        Optional<KnownPeer> peer = control.peer(id);
        if (peer.isEmpty()) {
            return new Outcome(order.subject(), Status.NOT_FOUND, "no known peer has that ID");
        }
        boolean connected = peer.get().connection().isPresent();
        return switch (order) {
            case PeerOrder.Connect _
            when connected -> new Outcome(order.subject(), Status.UNCHANGED, "connected already");
            case PeerOrder.Disconnect _
            when !connected -> new Outcome(order.subject(), Status.NOT_FOUND, "it is not connected");
            default -> new Outcome(order.subject(), Status.DONE, done(order));
        };
    }

    private dev.p2p.router.control.Outcome submit(PeerOrder order) throws InterruptedException, PeerStoreException {
        return switch (order) {
            case PeerOrder.Add(var address, Set<PeerFlag> flags) -> control.add(address, flags);
            case PeerOrder.Remove(var id) -> control.remove(id);
            case PeerOrder.Ban(var id, Duration duration, var reason) -> control.ban(id, duration, reason);
            case PeerOrder.Unban(var id) -> control.unban(id);
            case PeerOrder.Block(var block, Duration duration, var reason) -> control.ban(block, duration, reason);
            case PeerOrder.Unblock(var block) -> control.unban(block);
            case PeerOrder.Connect(var id) -> control.connect(id);
            case PeerOrder.Disconnect(var id, var why) -> control.disconnect(id, why);
        };
    }

    private static Outcome outcome(PeerOrder order, dev.p2p.router.control.Outcome result) {
        String subject = order.subject();
        return switch (result) {
            case DONE, UPDATED -> new Outcome(subject, Status.DONE, done(order));
            case UNCHANGED -> new Outcome(subject, Status.UNCHANGED, unchanged(order));
            case UNKNOWN_PEER ->
                new Outcome(
                        subject,
                        Status.NOT_FOUND,
                        order instanceof PeerOrder.Disconnect ? "it is not connected" : "no known peer has that ID");
            case NO_ADDRESS -> new Outcome(subject, Status.REFUSED, "no address of it is known");
            case BANNED -> new Outcome(subject, Status.REFUSED, "it is banned");
            case OWN_ADDRESS -> new Outcome(subject, Status.REFUSED, "it is this node's own address");
            case UNUSABLE_ADDRESS -> new Outcome(subject, Status.REFUSED, "it can be no destination");
            case NO_ROOM -> new Outcome(subject, Status.REFUSED, "there is no room, and nothing that may make room");
        };
    }

    private static String done(PeerOrder order) {
        return switch (order) {
            case PeerOrder.Add _ -> "added, saved in the store";
            case PeerOrder.Remove _ -> "removed, with its history";
            case PeerOrder.Ban(var _, var duration, var _) -> "banned for " + days(duration);
            case PeerOrder.Block(var _, var duration, var _) -> "banned for " + days(duration);
            case PeerOrder.Unban _ -> "ban, back-off and penalty cleared";
            case PeerOrder.Unblock _ -> "ban lifted";
            case PeerOrder.Connect _ -> "dialing; p2p events tells how it goes";
            case PeerOrder.Disconnect _ -> "disconnected";
        };
    }

    private static String unchanged(PeerOrder order) {
        return switch (order) {
            case PeerOrder.Connect _ -> "connected or being dialed already";
            case PeerOrder.Unban _, PeerOrder.Unblock _ -> "not banned";
            default -> "known already";
        };
    }

    private static String days(Duration duration) {
        return duration.compareTo(PeerOrder.LONGEST_BAN) >= 0 ? "ever" : Units.duration(duration);
    }
}
