package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerSummary;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads a summary straight out of a record's bytes (the fields of {@code records.proto}, by their numbers), which is several times
 * faster than to build the record: nothing is allocated, and texts are stepped over.
 */
final class SummaryParser {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] in;
    private int at;
    private int schema;
    private int addresses;
    private long nextAttempt = Long.MAX_VALUE;
    private long lastSuccess = PeerSummary.NEVER;
    private int failures = Integer.MAX_VALUE;
    private double reputation;
    private long reputationAt;
    private long bannedUntil = PeerSummary.NEVER;
    private long incompatibleUntil = PeerSummary.NEVER;
    private Set<PeerFlag> flags = Set.of();

    private SummaryParser(byte[] in) {
        this.in = in;
    }

    static PeerSummary parse(byte[] key, byte[] value) throws DamagedRecordException {
        try {
            NodeId id = NodeId.of(key);
            SummaryParser parser = new SummaryParser(value);
            parser.record(key);
            return parser.summary(id);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new DamagedRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    private PeerSummary summary(NodeId id) throws DamagedRecordException {
        RecordCodec.requireSchema(schema);
        boolean none = addresses == 0;
        return new PeerSummary(
                id,
                addresses,
                none ? PeerSummary.NEVER : nextAttempt,
                lastSuccess,
                none ? 0 : failures,
                reputation,
                reputationAt,
                bannedUntil,
                incompatibleUntil,
                flags);
    }

    private void record(byte[] key) {
        while (at < in.length) {
            int tag = (int) varint();
            switch (tag) {
                case 1 << 3 -> schema = (int) varint();
                case 2 << 3 | 2 -> {
                    int end = end();
                    if (!Arrays.equals(in, at, end, key, 0, key.length)) {
                        throw new IllegalArgumentException("the value belongs to another key");
                    }
                    at = end;
                }
                case 3 << 3 | 2 -> address(end());
                case 4 << 3 | 1 -> reputation = Double.longBitsToDouble(fixed());
                case 5 << 3 | 1 -> reputationAt = fixed();
                case 7 << 3 | 2 -> bannedUntil = until(end());
                case 8 << 3 | 2 -> incompatibleUntil = until(end());
                case 9 << 3 | 2 -> flag(end());
                default -> skip(tag);
            }
        }
    }

    private void flag(int end) {
        PeerFlag flag = PeerFlag.valueOf(new String(in, at, end - at, StandardCharsets.US_ASCII));
        flags = flags.isEmpty() ? EnumSet.of(flag) : EnumSet.copyOf(flags);
        flags.add(flag);
        at = end;
    }

    private void address(int end) {
        long next = PeerSummary.NEVER;
        int failed = 0;
        while (at < end) {
            int tag = (int) varint();
            switch (tag) {
                case 4 << 3 | 1 -> lastSuccess = Math.max(lastSuccess, fixed());
                case 5 << 3 -> failed = (int) varint();
                case 6 << 3 | 1 -> next = fixed();
                default -> skip(tag);
            }
        }
        addresses++;
        nextAttempt = Math.min(nextAttempt, next);
        failures = Math.min(failures, failed);
    }

    private long until(int end) {
        long until = 0;
        while (at < end) {
            int tag = (int) varint();
            if (tag == (1 << 3 | 1)) {
                until = fixed();
            } else {
                skip(tag);
            }
        }
        return until;
    }

    private void skip(int tag) {
        switch (tag & 7) {
            case 0 -> varint();
            case 1 -> at += Long.BYTES;
            case 2 -> at = end();
            case 5 -> at += Integer.BYTES;
            default -> throw new IllegalArgumentException("the record holds no fields");
        }
    }

    private int end() {
        long length = varint();
        if (length < 0 || length > in.length - at) {
            throw new IllegalArgumentException("a field reaches beyond the record");
        }
        return at + (int) length;
    }

    private long fixed() {
        long value = (long) LONG.get(in, at);
        at += Long.BYTES;
        return value;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }
}
