package dev.p2p.router.internal.peers;

import dev.p2p.router.control.Outcome;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes effects to where they belong: connections, the store, and whoever listens. Used by the peer manager's thread alone. */
final class Errands {

    private static final System.Logger LOG = System.getLogger(Errands.class.getName());

    private final PeerActions actions;
    private final StoreWriter writer;
    private final EventHub events;

    Errands(PeerActions actions, StoreWriter writer, EventHub events) {
        this.actions = actions;
        this.writer = writer;
        this.events = events;
    }

    /**
     * Runs them in order; one that fails does not keep the others.
     *
     * @return what became of a wish and when the store has it, if an answer is among them
     */
    Optional<WishTicket> run(List<Effect> effects) {
        Optional<Outcome> outcome = Optional.empty();
        List<CompletableFuture<?>> written = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Answer(var given) -> outcome = Optional.of(given);
                case Effect.Persist(var change, var durability) -> written.add(writer.submit(change, durability));
                default -> run(effect);
            }
        }
        return outcome.map(
                given -> new WishTicket(given, CompletableFuture.allOf(written.toArray(CompletableFuture[]::new))));
    }

    private void run(Effect effect) {
        try {
            switch (effect) {
                case Effect.Dial dial -> actions.dial(dial.attempt(), dial.address());
                case Effect.Proceed proceed -> actions.proceed(proceed.attempt());
                case Effect.Admit admit -> actions.admit(admit.attempt(), admit.peer());
                case Effect.Refuse refuse -> actions.refuse(refuse.attempt(), refuse.reason());
                case Effect.Close close -> actions.close(close.peer(), close.reason());
                case Effect.Release release -> actions.release(release.peer());
                case Effect.Probe probe -> actions.probe(probe.peer());
                case Effect.Decided decided -> events.publish(decided.decision());
                case Effect.Persist _, Effect.Answer _ -> {}
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an effect of the peer manager failed: " + effect, e);
        }
    }
}
