package dev.p2p.cli.crawl;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Answers of peer exchange as bytes, also wrong ones. */
final class TestAnswers {

    private TestAnswers() {}

    /** One entry with whatever is given. */
    static byte[] entry(String id, String ip, int port) {
        return bytes(out -> {
            out.writeString(1, id);
            out.writeString(2, ip);
            out.writeUInt32(3, port);
        });
    }

    /** A whole message. */
    static byte[] of(List<byte[]> entries) {
        byte[] all = bytes(out -> {
            for (byte[] entry : entries) {
                out.writeByteArray(1, entry);
            }
        });
        return bytes(out -> out.writeByteArray(2, all));
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
