package dev.p2p.cli.node;

import dev.p2p.api.NodeKey;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.key.NodeKeyFile;
import dev.p2p.cli.option.StoreFailures;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The folder of a node: {@code config/node_key.json} is who it is, {@code data/peers} what it remembers.
 *
 * @param folder the home itself
 */
public record NodeHome(Path folder) {

    /** The home, made if it is missing. */
    public static NodeHome open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
        if (!Files.isWritable(folder)) {
            throw notWritable(folder, new IOException("this user may not write there"));
        }
        return new NodeHome(folder);
    }

    /** The node's key, made on the first use. */
    public NodeKey key(SecureRandom random) {
        return NodeKeyFile.readOrCreate(folder.resolve("config").resolve("node_key.json"), random);
    }

    /** Where the peers are kept. */
    public Path peers() {
        return folder.resolve("data").resolve("peers");
    }

    /** The node's peer store, made on the first use. */
    public PeerStore store(PeerStoreProvider provider) {
        try {
            return provider.open(peers(), Access.READ_WRITE);
        } catch (PeerStoreException e) {
            throw StoreFailures.of(peers(), e);
        }
    }

    private static Failure notWritable(Path folder, IOException e) {
        return Failure.of(
                        "P2P-HOME-NOT-WRITABLE",
                        ExitCode.NOT_PERMITTED,
                        "cannot use the home folder " + folder,
                        e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage())
                .tryThis("name a folder that this user may write to with --home")
                .causedBy(e);
    }
}
