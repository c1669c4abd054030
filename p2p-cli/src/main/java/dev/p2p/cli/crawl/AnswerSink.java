package dev.p2p.cli.crawl;

import dev.p2p.api.ChannelId;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for one answer on the channel of peer exchange. Whatever else comes is counted against a small allowance: the node was
 * told of no other channel, and may at most ask in its turn.
 */
final class AnswerSink implements InboundSink {

    /** So many messages may come before the answer. */
    private static final int OTHERS = 8;

    private final CompletableFuture<PexMessages.Answer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int others;

    /** Completed with the answer, or with the exception that says why it is none. */
    CompletableFuture<PexMessages.Answer> answer() {
        return answer;
    }

    @Override
    public void piece(ChannelId channel, ByteBuffer bytes, boolean last) throws IOException {
        if (message.size() + bytes.remaining() > PexMessages.MAX_MESSAGE_BYTES) {
            throw new TransportException(Reason.TOO_LARGE, "the answer is longer than allowed");
        }
        byte[] slice = new byte[bytes.remaining()];
        bytes.duplicate().get(slice);
        message.writeBytes(slice);
        if (last) {
            complete(message.toByteArray());
            message.reset();
        }
    }

    @Override
    public int maxMessageBytes(ChannelId channel) {
        return channel.value() == PexMessages.CHANNEL ? PexMessages.MAX_MESSAGE_BYTES : 0;
    }

    private void complete(byte[] bytes) throws TransportException {
        if (PexMessages.isAnswer(bytes)) {
            try {
                answer.complete(PexMessages.answer(bytes));
            } catch (IOException e) {
                throw new TransportException(Reason.UNDECODABLE_MESSAGE, "the answer is refused: " + e.getMessage(), e);
            }
        } else if (++others > OTHERS) {
            throw new TransportException(Reason.FLOOD, "the node talks and does not answer");
        }
    }
}
