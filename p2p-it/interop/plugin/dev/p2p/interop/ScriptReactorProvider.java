package dev.p2p.interop;

import com.google.protobuf.BytesValue;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.reactor.ReactorSetup;
import java.util.ArrayList;
import java.util.List;

/** The script with 16 channels. Setting: {@code messages}, in each direction. */
public final class ScriptReactorProvider implements ReactorProvider {

    @Override
    public String name() {
        return "interop-script";
    }

    @Override
    public Reactor create(ReactorSetup setup) {
        List<Channel<BytesValue>> channels = new ArrayList<>();
        for (int i = 0; i < Script.CAPACITIES.length; i++) {
            channels.add(setup.open(ChannelDescriptor.of(Script.FIRST_CHANNEL + i, "script-" + i, BytesValue.parser())
                    .withPriority(i + 1)
                    .withMaxMessageBytes(Script.CAPACITIES[i])));
        }
        return new ScriptReactor(channels, Integer.parseInt(setup.settings().getOrDefault("messages", "100000")));
    }
}
