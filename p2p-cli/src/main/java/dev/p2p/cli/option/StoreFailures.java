package dev.p2p.cli.option;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.nio.file.Path;

/** A store's problems as failures of a command. */
public final class StoreFailures {

    private StoreFailures() {}

    /** What to tell about a store that could not be opened or used. */
    public static Failure of(Path folder, PeerStoreException e) {
        String what = "cannot use the peer store " + folder;
        String why = String.valueOf(e.getMessage());
        return switch (e.problem()) {
            case NOT_FOUND ->
                Failure.of("P2P-STORE-NOT-FOUND", ExitCode.NOT_FOUND, what, why)
                        .tryThis("name a store's folder: a node keeps it in HOME/data/peers")
                        .causedBy(e);
            case LOCKED ->
                Failure.of("P2P-STORE-LOCKED", ExitCode.STORE, what, why)
                        .tryThis("stop the other process, or give this one another --home")
                        .orThis("p2p peers list --db " + folder + "   reads it while it is in use")
                        .causedBy(e);
            case DAMAGED ->
                Failure.of("P2P-STORE-DAMAGED", ExitCode.STORE, what, why)
                        .tryThis("p2p peers salvage --db " + folder + " --to NEW   saves what is readable")
                        .orThis("restore the folder from a backup, or move it away: a node then begins anew")
                        .causedBy(e);
            case WRONG_VERSION ->
                Failure.of("P2P-STORE-VERSION", ExitCode.STORE, what, why)
                        .tryThis("use the version of p2p that wrote it, or a newer one")
                        .causedBy(e);
            case NOT_PERMITTED ->
                Failure.of("P2P-STORE-NOT-PERMITTED", ExitCode.NOT_PERMITTED, what, why)
                        .tryThis("run as the folder's owner, or choose another folder")
                        .causedBy(e);
            case IO ->
                Failure.of("P2P-STORE-IO", ExitCode.STORE, what, why)
                        .tryThis("look at the disk: is it full, or read-only?")
                        .causedBy(e);
        };
    }
}
