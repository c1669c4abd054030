package dev.p2p.reactor.pex;

import dev.p2p.api.AddressScope;
import dev.p2p.api.Direction;
import java.time.Duration;

/**
 * What passed on one connection: when the peer was asked, and whether it answers.
 *
 * <p>CometBFT bans whoever asks a third time within 10 s of the second, and whoever answers unasked. This node keeps far from both.
 * Times are nanoseconds of a clock that only moves on.
 */
final class PexPeer {

    /** The least time between two requests to one peer; also how long an answer is waited for. */
    static final Duration REQUEST_INTERVAL = Duration.ofSeconds(30);

    /** Answering is optional in CometBFT: whoever let so many requests in a row pass is not asked again. */
    private static final int SILENCE_LIMIT = 2;

    private final Direction direction;
    private final AddressScope scope;
    private final long since;
    private boolean wasAsked;
    private long lastRequest;
    private boolean waiting;
    private int answersDue;
    private int silent;
    private int malformed;
    private boolean released;
    private boolean speaksUrls;

    /** @param scope from where the peer is connected */
    PexPeer(Direction direction, AddressScope scope, long since) {
        this.direction = direction;
        this.scope = scope;
        this.since = since;
    }

    Direction direction() {
        return direction;
    }

    AddressScope scope() {
        return scope;
    }

    /** The peer has asked in the form of v0.35 and v0.36. A v0.36 peer drops questions in the other, so it was not silent. */
    void speaksUrls() {
        if (!speaksUrls) {
            speaksUrls = true;
            silent = 0;
        }
    }

    /** Whether to ask in that form. A peer of today closes on it, but would not have used it. */
    boolean isAskedForUrls() {
        return speaksUrls;
    }

    /** Whether the peer may be asked now. */
    boolean mayAsk(long now) {
        return !wasAsked || (!waiting && silent < SILENCE_LIMIT && intervalIsOver(now));
    }

    void asked(long now) {
        wasAsked = true;
        lastRequest = now;
        waiting = true;
        answersDue++;
    }

    /** Takes an answer; false if nothing was asked. A late answer is still one. */
    boolean answered() {
        waiting = false;
        silent = 0;
        if (answersDue == 0) {
            return false;
        }
        answersDue--;
        return true;
    }

    /** Whether an answer has just become overdue; true once for each request. */
    boolean ranOut(long now) {
        if (!waiting || !intervalIsOver(now)) {
            return false;
        }
        waiting = false;
        silent++;
        return true;
    }

    /** Whether a seed has waited long enough for a request; true once. */
    boolean outstayed(Duration patience, long now) {
        if (released || now - since < patience.toNanos()) {
            return false;
        }
        released = true;
        return true;
    }

    /** Counts unusable entries, and returns how many there were so far. */
    int malformed(int entries) {
        malformed += entries;
        return malformed;
    }

    private boolean intervalIsOver(long now) {
        return now - lastRequest >= REQUEST_INTERVAL.toNanos();
    }
}
