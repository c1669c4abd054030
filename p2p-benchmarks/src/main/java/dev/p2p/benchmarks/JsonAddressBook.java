package dev.p2p.benchmarks;

import com.google.gson.stream.JsonWriter;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The fields of CometBFT's {@code addrbook.json}, written streaming and without indentation, to a new file that replaces the old. */
final class JsonAddressBook {

    private final Path file;

    JsonAddressBook(Path file) {
        this.file = file;
    }

    /** @return the file's length in bytes */
    long save(List<PeerRecord> peers) throws IOException {
        Path fresh = file.resolveSibling("addrbook.json.new");
        try (BufferedWriter out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8);
                JsonWriter json = new JsonWriter(out)) {
            json.beginObject()
                    .name("key")
                    .value("0123456789abcdef01234567")
                    .name("addrs")
                    .beginArray();
            for (PeerRecord peer : peers) {
                entry(json, peer, peer.addresses().getFirst());
            }
            json.endArray().endObject();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Files.size(file);
    }

    private static void entry(JsonWriter json, PeerRecord peer, AddressRecord record) throws IOException {
        json.beginObject();
        place(json.name("addr"), peer, record);
        place(json.name("src"), peer, record);
        json.name("buckets").beginArray().value(peer.id().low() & 0xff).endArray();
        json.name("attempts").value(record.failures());
        json.name("bucket_type").value(1);
        json.name("last_attempt").value(text(record.nextAttempt()));
        json.name("last_success").value(text(record.lastSuccess()));
        json.name("last_ban_time").value(text(Optional.empty()));
        json.endObject();
    }

    private static void place(JsonWriter json, PeerRecord peer, AddressRecord record) throws IOException {
        json.beginObject();
        json.name("id").value(peer.id().toString());
        json.name("ip").value(record.address().host());
        json.name("port").value(record.address().port());
        json.endObject();
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("0001-01-01T00:00:00Z");
    }
}
