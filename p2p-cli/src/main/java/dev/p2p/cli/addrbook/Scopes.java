package dev.p2p.cli.addrbook;

import dev.p2p.api.NodeAddress;
import java.util.Locale;

/** From where the addresses of a book can be reached. */
final class Scopes {

    private Scopes() {}

    static String word(NodeAddress address) {
        return address.scope().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
