package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;

/** Whether an entry of a family reads back. The one place that knows for all families. */
final class Soundness {

    private Soundness() {}

    /** @throws DamagedRecordException if key or value is not what the family holds */
    static void require(Family family, byte[] key, byte[] value) throws DamagedRecordException {
        switch (family) {
            case PEERS -> RecordCodec.decodePeer(key, value);
            case BANS -> {
                requireIdentity(key);
                RecordCodec.decodeBan(value);
            }
            case HISTORY -> {
                if (key.length != NodeId.BYTES + Long.BYTES) {
                    throw new DamagedRecordException("its key has " + key.length + " bytes", null);
                }
                RecordCodec.decodeEvent(value);
            }
            case BLOCKS -> {
                BlocksFamily.decodeKey(key);
                RecordCodec.decodeBan(value);
            }
            case META -> throw new IllegalArgumentException("the schema is no entry like others");
        }
    }

    private static void requireIdentity(byte[] key) throws DamagedRecordException {
        if (key.length != NodeId.BYTES) {
            throw new DamagedRecordException("its key has " + key.length + " bytes", null);
        }
    }
}
