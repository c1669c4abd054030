package dev.p2p.router.internal.admission;

import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.PendingConnection;
import org.jspecify.annotations.Nullable;

/** An attempt between its first socket and its admission. Exactly one of the two is there, or neither while dialing. */
record Attempt(
        Direction direction,
        @Nullable PendingConnection pending,
        @Nullable Connection connection,
        Endpoint remote,
        Doorkeeper.@Nullable Ticket ticket) {

    Attempt handshaken(Connection done) {
        return new Attempt(direction, null, done, remote, ticket);
    }

    void close(Reason reason) {
        if (connection != null) {
            connection.close(reason);
        }
        if (pending != null) {
            pending.close();
        }
        if (ticket != null) {
            ticket.giveBack();
        }
    }
}
