package dev.p2p.peerstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.peerstore.rocksdb.proto.StoredAddress;
import dev.p2p.peerstore.rocksdb.proto.StoredPeer;
import dev.p2p.peerstore.rocksdb.proto.StoredSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static final NodeId ID = new NodeId(1, 2, 3);

    /** Earlier versions spelled an address as it came. */
    @Test
    void twoSpellingsOfOneAddressBecomeTheOneThatWorkedLast() throws Exception {
        byte[] stored = StoredPeer.newBuilder()
                .setSchema(RecordCodec.SCHEMA)
                .setId(ByteString.copyFrom(ID.toBytes()))
                .addAddresses(stored("[2001:db8::7]:26656", 0))
                .addAddresses(stored("[2001:db8:0:0:0:0:0:7]:26656", 5_000))
                .addAddresses(stored("[2001:db8::8]:26656", 0))
                .build()
                .toByteArray();
        List<AddressRecord> addresses =
                RecordCodec.decodePeer(ID.toBytes(), stored).addresses();
        assertThat(addresses)
                .extracting(AddressRecord::address)
                .containsExactly(
                        NodeAddress.parse(ID + "@[2001:db8::7]:26656"), NodeAddress.parse(ID + "@[2001:db8::8]:26656"));
        assertThat(addresses)
                .extracting(AddressRecord::lastSuccess)
                .containsExactly(Optional.of(Instant.ofEpochMilli(5_000)), Optional.empty());
    }

    private static StoredAddress stored(String place, long worked) {
        StoredAddress.Builder address = StoredAddress.newBuilder()
                .setAddress("tcp://" + ID + "@" + place)
                .setSource(StoredSource.newBuilder().setKind(StoredSource.Kind.OPERATOR));
        return worked == 0
                ? address.build()
                : address.setLastSuccessMillis(worked).build();
    }
}
