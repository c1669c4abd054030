package dev.p2p.router.control;

import dev.p2p.api.store.StoreStats;
import java.util.Optional;

/**
 * The store of a running node at one moment.
 *
 * @param stats what it knows of itself
 * @param waiting how many peers have changes that are not written yet
 * @param dropped how many changes were lost because too many waited
 * @param failure why it takes no changes at present; empty if it does
 */
public record StoreStatus(StoreStats stats, int waiting, long dropped, Optional<String> failure) {}
