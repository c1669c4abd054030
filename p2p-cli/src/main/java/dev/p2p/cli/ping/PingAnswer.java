package dev.p2p.cli.ping;

import java.util.OptionalLong;

/**
 * How one attempt went. Times in nanoseconds.
 *
 * @param number counts from 1
 * @param tcp to open the connection, if this attempt opened one
 * @param handshake from then until the node had told of itself
 * @param pong the round trip of the keep-alive; empty if there was no answer
 * @param problem why there was no answer; empty if there was
 */
record PingAnswer(int number, OptionalLong tcp, OptionalLong handshake, OptionalLong pong, String problem) {

    boolean answered() {
        return pong.isPresent();
    }
}
