package dev.p2p.cli.control;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.store.StoreStats;
import dev.p2p.router.control.ChannelTraffic;
import dev.p2p.router.control.Explanation;
import dev.p2p.router.control.NodeStatus;
import dev.p2p.router.control.SlotClass;
import dev.p2p.router.control.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@link StagedControl} counts. */
final class StagedFigures {

    private StagedFigures() {}

    static NodeStatus status(Instant now) {
        NodeInfo self = NodeInfo.of(
                StagedControl.SELF,
                "osmosis-1",
                "eu-relay-1",
                "0.1.0",
                "203.0.113.7:26656",
                List.of(new ChannelId(0), new ChannelId(0x21)));
        return new NodeStatus(
                self,
                now.minus(Duration.ofHours(148)),
                now,
                List.of(
                        new NodeStatus.SlotUse(SlotClass.RESERVED, 3, 0, Optional.empty()),
                        new NodeStatus.SlotUse(SlotClass.OUTBOUND, 10, 0, Optional.of(10)),
                        new NodeStatus.SlotUse(SlotClass.INBOUND, 34, 2, Optional.of(40))),
                4_812,
                3_106,
                10_000,
                18,
                1,
                2,
                1_540,
                166,
                1,
                Optional.of(now.plus(Duration.ofSeconds(14))),
                List.of(
                        new Explanation.NextStep("swap check", Optional.of(now.plus(Duration.ofSeconds(14)))),
                        new Explanation.NextStep("feeler", Optional.of(now.plus(Duration.ofSeconds(21))))),
                List.of(new NodeStatus.OwnAddress(
                        NodeAddress.parse(StagedControl.SELF + "@203.0.113.7:26656"), "observed", true)),
                0);
    }

    static StoreStatus store() {
        return new StoreStatus(new StoreStats(2, 4_812, 9_034, 10_171_187, Map.of()), 3, 0, Optional.empty());
    }

    /** The traffic of the peer that is connected. */
    static List<ChannelTraffic> channels() {
        return List.of(
                new ChannelTraffic(
                        new ChannelId(0),
                        "pex",
                        3_960,
                        400_000,
                        1_980,
                        200_000,
                        0,
                        new ChannelTraffic.Queued(0, 128, 0, 2_097_152),
                        new ChannelTraffic.Queued(2, 128, 500, 2_097_152)),
                new ChannelTraffic(
                        new ChannelId(0x21),
                        "\033[2Jdata",
                        396_000,
                        82_760_000,
                        79_200,
                        25_144_000,
                        31,
                        new ChannelTraffic.Queued(120, 128, 900_000, 2_097_152),
                        new ChannelTraffic.Queued(0, 128, 0, 2_097_152)));
    }
}
