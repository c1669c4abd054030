package dev.p2p.router.control;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An operator's view of a running node's peers. Safe to use from every thread.
 *
 * <p>Every method asks the peer manager and waits for its answer: usually microseconds, at most {@value #PATIENCE_SECONDS}
 * seconds. What one caller changed, the next one sees. Changes that must survive a crash (bans, flags, added and removed peers)
 * return when the store has them on disk; if the store fails, they hold for this run, and {@link PeerStoreException} says
 * that they are not on disk yet; the write is tried again until it succeeds.
 *
 * <p>Every method throws {@link IllegalStateException} while the node is not running, and if the peer manager does not answer in
 * time.
 */
public interface PeerControl {

    /** How long a method waits at most, for the peer manager and for the store. */
    int PATIENCE_SECONDS = 30;

    /** How many peers may be taken in at once. */
    int MOST_TAKEN_IN = 1_000;

    /** The node's counts and caps. */
    NodeStatus status() throws InterruptedException;

    /** The store: what it knows of itself, and whether it takes changes. */
    StoreStatus store() throws InterruptedException, PeerStoreException;

    /**
     * What went over each channel of the connection to a peer: those that the peer announced or sent on, in the order in which this node
     * opened them. Never asks the peer manager. Empty if the peer is not connected.
     */
    List<ChannelTraffic> channels(NodeId id);

    /** All known peers, in the order of their identities. */
    List<KnownPeer> peers() throws InterruptedException;

    /** One peer, if it is known. */
    Optional<KnownPeer> peer(NodeId id) throws InterruptedException;

    /** Why a peer stands where it stands, and what happens next. Also answers for peers that are not known. */
    Explanation explain(NodeId id) throws InterruptedException;

    /**
     * The last decisions about a peer, newest first. They are kept for the peers that were last decided about, and only while
     * the node runs; the store keeps the main events longer.
     *
     * @param limit how many at most
     */
    List<Decision> history(NodeId id, int limit) throws InterruptedException;

    /** All bans that hold, peers first. */
    List<Ban> bans() throws InterruptedException;

    /**
     * Adds an address, and wants of its peer what the flags say. A peer that is known keeps its addresses; its flags become these,
     * together with those of the configuration. The address is kept whatever its scope, and back-off begins anew.
     *
     * @return {@code DONE}, {@code UNCHANGED}, {@code OWN_ADDRESS}, {@code UNUSABLE_ADDRESS}, {@code BANNED} or {@code NO_ROOM}
     */
    Outcome add(NodeAddress address, Set<PeerFlag> flags) throws InterruptedException, PeerStoreException;

    /**
     * Wants of a known peer exactly this, and what the configuration says.
     *
     * @return {@code DONE}, {@code UNCHANGED} or {@code UNKNOWN_PEER}
     */
    Outcome flag(NodeId id, Set<PeerFlag> flags) throws InterruptedException, PeerStoreException;

    /**
     * Ends the connection and forgets the peer with its addresses, history, flags and ban. What the configuration names comes
     * back at the next start.
     *
     * @return {@code DONE} or {@code UNKNOWN_PEER}
     */
    Outcome remove(NodeId id) throws InterruptedException, PeerStoreException;

    /**
     * Dials a known peer at once, whatever its back-off, outside the caps. Returns when the dial has begun; how it goes, the
     * events tell.
     *
     * @return {@code DONE}, {@code UNCHANGED} if it is connected or being dialed, {@code UNKNOWN_PEER}, {@code NO_ADDRESS} or
     *     {@code BANNED}
     */
    Outcome connect(NodeId id) throws InterruptedException;

    /**
     * Ends the connection to a peer. It may come back, and a persistent peer is dialed again.
     *
     * @param why for the history
     * @return {@code DONE} or {@code UNKNOWN_PEER} if it is not connected
     */
    Outcome disconnect(NodeId id, String why) throws InterruptedException;

    /**
     * Ends the connection to a peer and refuses it. A peer that is not known is remembered for that. A longer or shorter ban
     * replaces an earlier one.
     *
     * @param duration more than zero; a ban of more than 100 years is one of 100 years
     * @param reason for the history and for whoever lists bans
     * @return {@code DONE}
     */
    Outcome ban(NodeId id, Duration duration, String reason) throws InterruptedException, PeerStoreException;

    /**
     * Lifts a ban with what it did: reputation is neutral again, an incompatibility mark is gone, back-off begins anew.
     *
     * @return {@code DONE}, {@code UNCHANGED} if there is no ban, or {@code UNKNOWN_PEER}
     */
    Outcome unban(NodeId id) throws InterruptedException, PeerStoreException;

    /**
     * Ends all connections from and to a range of IP addresses and refuses it, in both directions. At most 10 000 ranges are
     * kept.
     *
     * @param duration as above
     * @param reason as above
     * @return {@code DONE} or {@code NO_ROOM}
     */
    Outcome ban(IpBlock block, Duration duration, String reason) throws InterruptedException, PeerStoreException;

    /**
     * Lifts the ban of exactly this range.
     *
     * @return {@code DONE} or {@code UNCHANGED}
     */
    Outcome unban(IpBlock block) throws InterruptedException, PeerStoreException;

    /**
     * Takes in what somebody else remembers of peers, such as an export. Each is taken by itself, as a whole or not at all; others
     * may change the same peers meanwhile. Addresses that are this node's own or can be no destination are left out. Where peers are
     * kept as many as may be, one that is less worth makes room, or none does. A ban that comes along ends the connection.
     *
     * @param peers at most {@value #MOST_TAKEN_IN}
     * @return for each, in the order given: {@code DONE} if it was not known, {@code UPDATED}, {@code UNCHANGED},
     *     {@code OWN_ADDRESS} if it is this node, {@code UNUSABLE_ADDRESS} if none of its addresses is left, or {@code NO_ROOM}
     */
    List<Outcome> takeIn(List<PeerMemory> peers, MergeRule rule) throws InterruptedException, PeerStoreException;

    /** What {@link #takeIn} would return, each peer for itself. Changes nothing. */
    List<Outcome> rehearse(List<PeerMemory> peers, MergeRule rule) throws InterruptedException;

    /**
     * Changes the caps for this run. Surplus connections are ended, lowest ranked first; reserved ones never.
     *
     * @param maxInbound at least 0
     * @param maxOutbound at least 0
     */
    Outcome limit(int maxInbound, int maxOutbound) throws InterruptedException;

    /**
     * Subscribes to all decisions from now on. A subscriber that does not read loses the oldest ones and never slows the node.
     *
     * @param capacity how many decisions wait at most, 1 to 100 000
     */
    PeerEvents subscribe(int capacity);
}
