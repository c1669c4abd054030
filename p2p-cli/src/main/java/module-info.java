/** The program {@code p2p}. */
@org.jspecify.annotations.NullMarked
module dev.p2p.cli {
    requires com.google.gson;
    requires dev.p2p.router;
    requires info.picocli;
    // For plug-ins: a layer on top of the image can use only what the image has resolved.
    requires java.logging;
    requires jdk.jfr;
    requires jdk.net;
    requires static org.jspecify;

    uses dev.p2p.api.reactor.ReactorProvider;
    uses dev.p2p.api.store.PeerStoreProvider;
    uses dev.p2p.api.transport.StreamProtocolProvider;
    uses dev.p2p.api.transport.TransportProvider;

    provides java.lang.System.LoggerFinder with
            dev.p2p.cli.output.StandardErrorLog;
    provides dev.p2p.api.reactor.ReactorProvider with
            dev.p2p.cli.demo.DemoReactorProvider;

    opens dev.p2p.cli to
            info.picocli;
    opens dev.p2p.cli.addrbook to
            info.picocli;
    opens dev.p2p.cli.completion to
            info.picocli;
    opens dev.p2p.cli.crawl to
            info.picocli;
    opens dev.p2p.cli.crawl.result to
            com.google.gson;
    opens dev.p2p.cli.demo to
            info.picocli;
    opens dev.p2p.cli.events to
            info.picocli;
    opens dev.p2p.cli.key to
            info.picocli;
    opens dev.p2p.cli.listing to
            info.picocli;
    opens dev.p2p.cli.node to
            info.picocli;
    opens dev.p2p.cli.option to
            info.picocli;
    opens dev.p2p.cli.peers to
            info.picocli;
    opens dev.p2p.cli.ping to
            info.picocli;
    opens dev.p2p.cli.plugin to
            info.picocli;
    opens dev.p2p.cli.probe to
            info.picocli;
    opens dev.p2p.cli.status to
            info.picocli;
    opens dev.p2p.cli.target to
            info.picocli;
    opens dev.p2p.cli.tree to
            info.picocli;
}
