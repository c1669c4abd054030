package dev.p2p.api.store;

/** When a change is acknowledged. */
public enum Durability {
    /** When this process holds it safely; a power failure may lose the last ones, in order, newest first. */
    ASYNC,
    /** When it is on disk. */
    SYNC
}
