package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.IpBlock;
import dev.p2p.api.store.Mark;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

/** Bans of address ranges. A key is the range's canonical text. */
final class BlocksFamily {

    private BlocksFamily() {}

    static Map<IpBlock, Mark> all(RocksDbFiles files) throws RocksDBException {
        Map<IpBlock, Mark> blocks = new LinkedHashMap<>();
        try (ReadOptions options = new ReadOptions();
                RecordCursor at = new RecordCursor(files, Family.BLOCKS, options)) {
            for (at.first(); at.isValid(); at.next()) {
                try {
                    blocks.put(decodeKey(at.key()), RecordCodec.decodeBan(at.value()));
                } catch (DamagedRecordException e) {
                    // Left out; the other bans are sound.
                }
            }
        }
        return blocks;
    }

    static byte[] key(IpBlock block) {
        return block.toString().getBytes(StandardCharsets.UTF_8);
    }

    static IpBlock decodeKey(byte[] key) throws DamagedRecordException {
        try {
            return IpBlock.parse(new String(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new DamagedRecordException(String.valueOf(e.getMessage()), e);
        }
    }
}
