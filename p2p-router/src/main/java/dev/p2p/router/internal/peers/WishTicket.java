package dev.p2p.router.internal.peers;

import dev.p2p.router.control.Outcome;
import java.util.concurrent.Future;

/**
 * What became of an operator's wish.
 *
 * @param written done when what it changed is in the store, as durably as it must be
 */
record WishTicket(Outcome outcome, Future<?> written) {}
