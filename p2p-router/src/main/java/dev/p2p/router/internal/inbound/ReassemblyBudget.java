package dev.p2p.router.internal.inbound;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory that messages of which only a part has come may take, over all connections and channels of a node. When there is
 * no more, the connection that holds most of it is ended: honest peers go on, and a peer that begins messages without ending
 * them loses first. Safe to use from every thread; used once for each growth of a buffer, not for each packet.
 */
public final class ReassemblyBudget {

    private final long limit;
    private final Set<Account> accounts = new HashSet<>();
    private long used;

    /** @param limit in bytes */
    public ReassemblyBudget(long limit) {
        this.limit = limit;
    }

    /** What one connection holds. */
    public final class Account {

        private final Consumer<Reason> evict;
        private long held;
        private boolean closed;

        private Account(Consumer<Reason> evict) {
            this.evict = evict;
        }

        /**
         * Takes memory, before it is allocated.
         *
         * @throws TransportException with {@code MEMORY_SHORT} if there is none and no other connection holds more
         */
        void take(int bytes) throws TransportException {
            Account victim = takeOrChoose(this, bytes);
            while (victim != null) {
                if (victim == this) {
                    throw new TransportException(
                            Reason.MEMORY_SHORT, "the peer holds more memory for unfinished messages than any other");
                }
                victim.evict.accept(Reason.MEMORY_SHORT);
                victim = takeOrChoose(this, bytes);
            }
        }

        void giveBack(int bytes) {
            synchronized (ReassemblyBudget.this) {
                if (!closed) {
                    held -= bytes;
                    used -= bytes;
                }
            }
        }

        /** The connection has ended. May be called again. */
        public void close() {
            synchronized (ReassemblyBudget.this) {
                if (!closed) {
                    closed = true;
                    used -= held;
                    accounts.remove(this);
                }
            }
        }
    }

    /** @param evict ends the connection for a reason; never blocks. Its account is closed by then */
    public synchronized Account open(Consumer<Reason> evict) {
        Account account = new Account(evict);
        accounts.add(account);
        return account;
    }

    /** How many bytes are held now. */
    public synchronized long used() {
        return used;
    }

    /** Takes, or says who has to go before that is possible; null if it was possible. */
    private synchronized @Nullable Account takeOrChoose(Account taker, int bytes) {
        if (taker.closed || used + bytes <= limit) {
            taker.held += bytes;
            used += taker.closed ? 0 : bytes;
            return null;
        }
        Account heaviest = accounts.stream()
                .max(Comparator.comparingLong(account -> account == taker ? account.held + bytes : account.held))
                .orElse(taker);
        if (heaviest != taker) {
            heaviest.close();
        }
        return heaviest;
    }
}
