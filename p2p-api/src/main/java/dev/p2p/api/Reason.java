package dev.p2p.api;

import java.util.Locale;

/**
 * Why something ended, was refused or was dropped. This is the one closed set: the same word stands in logs, metrics,
 * history and on the screens of the command line.
 */
public enum Reason {
    /** This node closed the connection as part of its own shutdown. */
    SHUTDOWN,
    /** An operator or an embedding program asked for it, or a reactor that had said all it wanted. */
    REQUESTED,
    /** The peer ended the connection between two messages. */
    CLOSED_BY_PEER,
    /** The network ended the connection: reset, broken pipe, unreachable. */
    NETWORK_FAILURE,
    /** Nobody listens there. */
    CONNECTION_REFUSED,
    /** No connection within the dial's limit. */
    DIAL_TIMEOUT,
    /** The host name has no address, or the look-up failed. */
    UNKNOWN_HOST,
    /** No transport serves the address's protocol. */
    UNKNOWN_PROTOCOL,
    /** The handshake did not end within its limit. */
    HANDSHAKE_TIMEOUT,
    /** The handshake's bytes break the protocol: bad key, bad length, bad encoding. */
    HANDSHAKE_FAILED,
    /** The peer did not prove the identity that it claims: bad signature or a forgeable key. */
    BAD_SIGNATURE,
    /** Another node than the expected one answered. */
    WRONG_ID,
    /** The connection leads back to this node. */
    SELF,
    /** The peer's node information breaks a rule. */
    INVALID_NODE_INFO,
    /** The peer has another block version. */
    WRONG_BLOCK_VERSION,
    /** The peer belongs to another network. */
    WRONG_NETWORK,
    /** The two nodes share no channel. */
    NO_COMMON_CHANNEL,
    /** There is a connection to this peer already. */
    DUPLICATE,
    /** All slots are taken. */
    FULL,
    /** Too many connections that prove nothing: this one tried longest, or too many come from its address. */
    CROWDED_OUT,
    /** The peer is banned. */
    BANNED,
    /** A frame does not open: forged, damaged or out of order. */
    BAD_FRAME,
    /** A packet breaks the protocol. */
    BAD_PACKET,
    /** A packet or message names a channel that this node does not serve. */
    UNKNOWN_CHANNEL,
    /** A packet or message is longer than allowed. */
    TOO_LARGE,
    /** A complete message does not decode. */
    UNDECODABLE_MESSAGE,
    /** The peer was silent for too long. */
    SILENT,
    /** The peer read nothing for too long. */
    WRITE_STALLED,
    /** The peer sends more packets than any honest one. */
    FLOOD,
    /** The receiving reactor's lane is full and its channel says to disconnect. */
    LANE_FULL,
    /** This node is short of memory for unfinished messages, and this peer held most of it. */
    MEMORY_SHORT,
    /** The newest message was dropped because its lane is full. */
    DROPPED_NEWEST,
    /** The oldest message was dropped because its lane is full. */
    DROPPED_OLDEST,
    /** A reactor reported the peer; the report's code says why. */
    REPORTED,
    /** Something on this side failed; the log has the cause. */
    INTERNAL_ERROR;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The reason's stable word, such as {@code wrong-network}. */
    @Override
    public String toString() {
        return word;
    }
}
