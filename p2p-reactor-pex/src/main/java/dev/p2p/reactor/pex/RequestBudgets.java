package dev.p2p.reactor.pex;

import dev.p2p.api.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everybody's budget, by identity and not by connection: coming back does not fill it. The longest unused are forgotten first. */
final class RequestBudgets {

    private static final int MAX_REMEMBERED = 4_096;

    private final Map<NodeId, RequestBudget> budgets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, RequestBudget> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    RequestBudget.Verdict take(NodeId peer, long now) {
        return budgets.computeIfAbsent(peer, id -> new RequestBudget(now)).take(now);
    }
}
