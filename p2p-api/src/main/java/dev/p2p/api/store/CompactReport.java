package dev.p2p.api.store;

/**
 * The outcome of compacting a store.
 *
 * @param bytesBefore what it took on disk before
 * @param bytesAfter what it takes now
 */
public record CompactReport(long bytesBefore, long bytesAfter) {}
