package dev.p2p.cli.control;

import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.peerdata.MemoryJson;
import dev.p2p.cli.peerdata.Taking;
import dev.p2p.cli.peerdata.Taking.Status;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.control.PeerMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes in what a client brings. All of a request is read before any of it is done. */
final class LiveImport {

    private static final int MAX_PEERS = 200;

    private LiveImport() {}

    static void answer(PeerControl control, Fields params, ControlMethods.Answer to)
            throws JsonProblem, IOException, InterruptedException {
        List<PeerMemory> peers = new ArrayList<>();
        for (Fields peer : params.objects("peers")) {
            peers.add(MemoryJson.read(peer));
        }
        if (peers.isEmpty() || peers.size() > MAX_PEERS) {
            throw params.problem("peers", "there are 1 to " + MAX_PEERS);
        }
        MergeRule rule = rule(params);
        List<Outcome> outcomes = params.flag("dry_run") ? control.rehearse(peers, rule) : control.takeIn(peers, rule);
        for (int i = 0; i < peers.size(); i++) {
            to.item(taking(peers.get(i), outcomes.get(i)).fields());
        }
    }

    private static MergeRule rule(Fields params) throws JsonProblem {
        String word = params.optionalText("rule").orElse("keep");
        for (MergeRule rule : MergeRule.values()) {
            if (rule.name().toLowerCase(Locale.ROOT).equals(word)) {
                return rule;
            }
        }
        throw params.problem("rule", "it is keep, newer or replace");
    }

    private static Taking taking(PeerMemory peer, Outcome outcome) {
        return switch (outcome) {
            case DONE -> taking(peer, Status.ADDED, "");
            case UPDATED -> taking(peer, Status.UPDATED, "");
            case UNCHANGED -> taking(peer, Status.UNCHANGED, "");
            case OWN_ADDRESS -> taking(peer, Status.REFUSED, "it is this node itself");
            case UNUSABLE_ADDRESS -> taking(peer, Status.REFUSED, "none of its addresses can be a destination");
            case NO_ROOM -> taking(peer, Status.REFUSED, "there is no room, and nothing worth less that may make room");
            case UNKNOWN_PEER, NO_ADDRESS, BANNED -> throw new IllegalStateException("taking in does not end so");
        };
    }

    private static Taking taking(PeerMemory peer, Status status, String why) {
        return new Taking(peer.record().id(), status, why);
    }
}
