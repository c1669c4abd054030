package dev.p2p.api.reactor;

import java.time.Duration;

/**
 * What a peer did, and what the platform is to do about it.
 *
 * @param code what it was, from a closed set of the reactor's own: lower case with dashes, such as
 *     {@code unexpected-message}
 * @param action the consequence
 */
public record PeerError(String code, Action action) {

    /** The consequence of a report. */
    public sealed interface Action {

        /** Count it and log it. */
        record Note() implements Action {}

        /**
         * Lower the peer's reputation.
         *
         * @param points 1 to 100
         */
        record Penalise(int points) implements Action {

            public Penalise {
                if (points < 1 || points > 100) {
                    throw new IllegalArgumentException("a penalty is 1 to 100 points, not " + points);
                }
            }
        }

        /**
         * Let the peer go, because all has been said: end the connection when what was sent to it so far is written. Nothing is
         * held against it. A peer that is configured to stay connected stays.
         */
        record Release() implements Action {}

        /** End the connection. The peer may come back. */
        record Disconnect() implements Action {}

        /**
         * End the connection and refuse the peer for some time.
         *
         * @param duration more than zero
         */
        record Ban(Duration duration) implements Action {

            public Ban {
                if (duration.isNegative() || duration.isZero()) {
                    throw new IllegalArgumentException("a ban lasts longer than " + duration);
                }
            }
        }
    }

    public PeerError {
        if (!code.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("a code is lower case with dashes, not \"" + code + "\"");
        }
    }

    public static PeerError note(String code) {
        return new PeerError(code, new Action.Note());
    }

    public static PeerError penalise(String code, int points) {
        return new PeerError(code, new Action.Penalise(points));
    }

    public static PeerError release(String code) {
        return new PeerError(code, new Action.Release());
    }

    public static PeerError disconnect(String code) {
        return new PeerError(code, new Action.Disconnect());
    }

    public static PeerError ban(String code, Duration duration) {
        return new PeerError(code, new Action.Ban(duration));
    }
}
