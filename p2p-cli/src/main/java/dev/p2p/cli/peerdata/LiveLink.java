package dev.p2p.cli.peerdata;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A peer's connection at one moment. Everything the peer tells of itself is foreign text.
 *
 * @param name what the peer calls itself; may be empty
 * @param agent its program's version; may be empty
 * @param network its network
 * @param inbound whether the peer dialed
 * @param slot what it counts against, such as {@code outbound}
 * @param remote its end, as the network shows it
 * @param since when the connection was made
 * @param bytesIn received since then
 * @param bytesOut sent since then
 * @param inPerSecond bytes received a second, lately
 * @param outPerSecond bytes sent a second, lately
 * @param roundTripMillis its last answer to a ping, if one was measured
 * @param channels the channels it serves, as numbers
 * @param listens where it says that it listens; may be empty
 * @param flows what flows over each channel that both serve; empty where many peers are told of
 */
public record LiveLink(
        String name,
        String agent,
        String network,
        boolean inbound,
        String slot,
        String remote,
        Instant since,
        long bytesIn,
        long bytesOut,
        double inPerSecond,
        double outPerSecond,
        OptionalDouble roundTripMillis,
        List<Integer> channels,
        String listens,
        List<ChannelFlow> flows) {

    public LiveLink {
        channels = List.copyOf(channels);
        flows = List.copyOf(flows);
    }
}
