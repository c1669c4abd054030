package dev.p2p.peerstore.rocksdb;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.peerstore.rocksdb.proto.StoredAddress;
import dev.p2p.peerstore.rocksdb.proto.StoredBan;
import dev.p2p.peerstore.rocksdb.proto.StoredEvent;
import dev.p2p.peerstore.rocksdb.proto.StoredMark;
import dev.p2p.peerstore.rocksdb.proto.StoredPeer;
import dev.p2p.peerstore.rocksdb.proto.StoredSource;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** Between records and the bytes that are stored. Whatever does not read back is {@link DamagedRecordException}. */
final class RecordCodec {

    /** Written into every record; a higher one was written by a newer version. */
    static final int SCHEMA = 1;

    private RecordCodec() {}

    static byte[] encode(PeerRecord peer) {
        StoredPeer.Builder out = StoredPeer.newBuilder()
                .setSchema(SCHEMA)
                .setId(ByteString.copyFrom(peer.id().toBytes()))
                .setReputation(peer.reputation())
                .setReputationAtMillis(peer.reputationAt().toEpochMilli());
        peer.addresses().forEach(address -> out.addAddresses(encode(address)));
        peer.lastConnected().ifPresent(at -> out.setLastConnectedMillis(at.toEpochMilli()));
        peer.ban().ifPresent(mark -> out.setBan(encode(mark)));
        peer.incompatible().ifPresent(mark -> out.setIncompatible(encode(mark)));
        peer.flags().stream().sorted().forEach(flag -> out.addFlags(flag.name()));
        return out.build().toByteArray();
    }

    static PeerRecord decodePeer(byte[] key, byte[] value) throws DamagedRecordException {
        try {
            StoredPeer in = StoredPeer.parseFrom(value);
            NodeId id = NodeId.of(key);
            requireSchema(in.getSchema());
            if (!NodeId.of(in.getId().toByteArray()).equals(id)) {
                throw new DamagedRecordException("the value belongs to another key", null);
            }
            return new PeerRecord(
                    id,
                    AddressRecord.withoutRepeats(in.getAddressesList().stream()
                            .map(RecordCodec::decode)
                            .toList()),
                    in.getReputation(),
                    Instant.ofEpochMilli(in.getReputationAtMillis()),
                    instant(in.hasLastConnectedMillis(), in.getLastConnectedMillis()),
                    in.hasBan() ? Optional.of(decode(in.getBan())) : Optional.empty(),
                    in.hasIncompatible() ? Optional.of(decode(in.getIncompatible())) : Optional.empty(),
                    in.getFlagsList().stream().map(PeerFlag::valueOf).collect(Collectors.toSet()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new DamagedRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    static byte[] encode(HistoryEvent event) {
        return StoredEvent.newBuilder()
                .setSchema(SCHEMA)
                .setAtMillis(event.at().toEpochMilli())
                .setKind(event.kind().name())
                .setReason(event.reason())
                .setDetail(event.detail())
                .build()
                .toByteArray();
    }

    static HistoryEvent decodeEvent(byte[] value) throws DamagedRecordException {
        try {
            StoredEvent in = StoredEvent.parseFrom(value);
            requireSchema(in.getSchema());
            return new HistoryEvent(
                    Instant.ofEpochMilli(in.getAtMillis()),
                    HistoryEvent.Kind.valueOf(in.getKind()),
                    in.getReason(),
                    in.getDetail());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new DamagedRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    static byte[] encodeBan(Mark ban) {
        return StoredBan.newBuilder()
                .setSchema(SCHEMA)
                .setBan(encode(ban))
                .build()
                .toByteArray();
    }

    static Mark decodeBan(byte[] value) throws DamagedRecordException {
        try {
            StoredBan in = StoredBan.parseFrom(value);
            requireSchema(in.getSchema());
            return decode(in.getBan());
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    private static StoredAddress encode(AddressRecord address) {
        StoredAddress.Builder out = StoredAddress.newBuilder()
                .setAddress(address.address().toString())
                .setSource(encode(address.source()))
                .setFirstSeenMillis(address.firstSeen().toEpochMilli())
                .setFailures(address.failures());
        address.lastSuccess().ifPresent(at -> out.setLastSuccessMillis(at.toEpochMilli()));
        address.nextAttempt().ifPresent(at -> out.setNextAttemptMillis(at.toEpochMilli()));
        address.expires().ifPresent(at -> out.setExpiresMillis(at.toEpochMilli()));
        return out.build();
    }

    private static AddressRecord decode(StoredAddress in) {
        return new AddressRecord(
                NodeAddress.parse(in.getAddress()),
                decode(in.getSource()),
                Instant.ofEpochMilli(in.getFirstSeenMillis()),
                instant(in.hasLastSuccessMillis(), in.getLastSuccessMillis()),
                in.getFailures(),
                instant(in.hasNextAttemptMillis(), in.getNextAttemptMillis()),
                instant(in.hasExpiresMillis(), in.getExpiresMillis()));
    }

    private static StoredSource encode(Source source) {
        StoredSource.Builder out = StoredSource.newBuilder();
        return switch (source) {
            case Source.Configured _ ->
                out.setKind(StoredSource.Kind.CONFIGURED).build();
            case Source.Operator _ -> out.setKind(StoredSource.Kind.OPERATOR).build();
            case Source.SelfReported _ ->
                out.setKind(StoredSource.Kind.SELF_REPORTED).build();
            case Source.Exchange(var peer) ->
                out.setKind(StoredSource.Kind.EXCHANGE)
                        .setPeer(ByteString.copyFrom(peer.toBytes()))
                        .build();
        };
    }

    private static Source decode(StoredSource in) {
        return switch (in.getKind()) {
            case CONFIGURED -> new Source.Configured();
            case OPERATOR -> new Source.Operator();
            case SELF_REPORTED -> new Source.SelfReported();
            case EXCHANGE -> new Source.Exchange(NodeId.of(in.getPeer().toByteArray()));
            case UNRECOGNIZED -> throw new IllegalArgumentException("an unknown kind of source");
        };
    }

    private static StoredMark encode(Mark mark) {
        return StoredMark.newBuilder()
                .setUntilMillis(mark.until().toEpochMilli())
                .setReason(mark.reason())
                .build();
    }

    private static Mark decode(StoredMark in) {
        return new Mark(Instant.ofEpochMilli(in.getUntilMillis()), in.getReason());
    }

    private static Optional<Instant> instant(boolean present, long millis) {
        return present ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
    }

    static void requireSchema(int schema) throws DamagedRecordException {
        if (schema < 1 || schema > SCHEMA) {
            throw new DamagedRecordException("schema " + schema + " is unknown", null);
        }
    }
}
