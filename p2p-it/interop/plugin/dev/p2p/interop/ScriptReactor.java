package dev.p2p.interop;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.SendResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Plays its part with the first peer that comes, and compares what that says with what it has to say. */
final class ScriptReactor implements Reactor {

    private static final System.Logger LOG = System.getLogger(ScriptReactor.class.getName());

    private final List<Channel<BytesValue>> channels;
    private final int messages;
    private final CountDownLatch said;
    private final int[] next;
    private boolean begun;
    private int left;
    private long bytes;

    ScriptReactor(List<Channel<BytesValue>> channels, int messages) {
        this.channels = channels;
        this.messages = messages;
        this.said = new CountDownLatch(channels.size());
        this.next = new int[channels.size()];
        for (int i = 0; i < channels.size(); i++) {
            left += Script.countOn(i, messages);
        }
    }

    @Override
    public void on(ReactorEvent event) throws Exception {
        switch (event) {
            case PeerUp _ when begun -> {} // the node visits whom it has let go; all has been said
            case PeerUp up -> {
                begun = true;
                for (int i = 0; i < channels.size(); i++) {
                    int channel = i;
                    Thread.ofVirtual().start(() -> say(up.peer(), channel));
                }
            }
            case Received(var from, var id, BytesValue message) ->
                hear(from, id.value() - Script.FIRST_CHANNEL, message.getValue());
            default -> {}
        }
    }

    private void hear(PeerRef from, int channel, ByteString value) {
        int n = next[channel]++;
        if (!Arrays.equals(value.toByteArray(), Script.payload(0, channel, n))) {
            LOG.log(Level.ERROR, "script: message " + n + " on " + channels.get(channel).descriptor().id() + " differs");
            channels.get(channel).report(from, PeerError.disconnect("differs"));
        }
        bytes += value.size();
        left--;
        if (left == 0) {
            LOG.log(Level.INFO, "script: heard all, byte for byte: " + messages + " messages, " + bytes + " bytes");
            Thread.ofVirtual().start(() -> partFrom(from));
        }
    }

    private void say(PeerRef to, int channel) {
        try {
            for (int n = 0; n < Script.countOn(channel, messages); n++) {
                BytesValue message = BytesValue.of(ByteString.copyFrom(Script.payload(1, channel, n)));
                SendResult result = channels.get(channel).send(to, message, Duration.ofMinutes(5));
                if (result != SendResult.QUEUED) {
                    LOG.log(Level.ERROR, "script: message " + n + " of channel " + channel + " was not sent: " + result);
                    return;
                }
            }
            said.countDown();
        } catch (InterruptedException e) {
            LOG.log(Level.INFO, "script: interrupted");
        }
    }

    /** When both parts are played this side takes its leave; what it has said is still written. */
    private void partFrom(PeerRef peer) {
        try {
            said.await();
            channels.getFirst().report(peer, PeerError.release("script-over"));
        } catch (InterruptedException e) {
            LOG.log(Level.INFO, "script: interrupted");
        }
    }
}
