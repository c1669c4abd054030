package dev.p2p.cli.probe;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.util.Optional;

/**
 * A place to probe.
 *
 * @param text as given
 * @param place where
 * @param expected who should answer, if the address says so
 */
record Target(String text, HostPort place, Optional<NodeId> expected) {

    /** Reads {@code [tcp://][ID@]HOST:PORT}. */
    static Target parse(String text) {
        try {
            if (text.indexOf('@') >= 0) {
                NodeAddress address = NodeAddress.parse(text);
                if (!address.protocol().equals(NodeAddress.DEFAULT_PROTOCOL)) {
                    throw new IllegalArgumentException("only tcp can be probed, not " + address.protocol());
                }
                return new Target(text, new HostPort(address.host(), address.port()), Optional.of(address.id()));
            }
            int scheme = text.indexOf("://");
            if (scheme >= 0 && !text.substring(0, scheme).matches("tcp|mconn")) {
                throw new IllegalArgumentException("only tcp can be probed, not " + text.substring(0, scheme));
            }
            return new Target(text, HostPort.parse(scheme < 0 ? text : text.substring(scheme + 3)), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            "P2P-ADDRESS-INVALID",
                            ExitCode.USAGE,
                            "cannot probe " + text,
                            String.valueOf(e.getMessage()))
                    .tryThis("write it as HOST:PORT or ID@HOST:PORT, for example 127.0.0.1:26656")
                    .causedBy(e);
        }
    }
}
