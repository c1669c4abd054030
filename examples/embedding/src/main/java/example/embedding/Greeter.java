package example.embedding;

import com.google.protobuf.StringValue;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.router.Router;
import java.net.InetAddress;
import java.security.SecureRandom;

/** A node that greets every peer and prints what peers say. Arguments: addresses of peers to stay connected to. */
public final class Greeter {

    private Greeter() {}

    public static void main(String[] args) throws Exception {
        var key = NodeKey.generate(new SecureRandom());
        var place = new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0);
        var builder = Router.builder(key, "example").listen(place).reactor("greeter", setup -> {
            var channel = setup.open(ChannelDescriptor.of(0x71, "greeting", StringValue.parser()));
            return event -> {
                switch (event) {
                    case PeerUp up -> channel.send(up.peer(), StringValue.of("hello"));
                    case Received(var from, var _, StringValue text) ->
                        System.out.println(from + ": " + text.getValue());
                    default -> {}
                }
            };
        });
        for (String peer : args) {
            builder.persistentPeer(NodeAddress.parse(peer));
        }
        try (Router node = builder.build()) {
            node.start();
            System.out.println(
                    NodeAddress.of(key.id(), (NetEndpoint) node.endpoints().getFirst()));
            node.awaitClosed();
        }
    }
}
