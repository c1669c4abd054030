package dev.p2p.cli.plugin;

import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.router.plugin.Providers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/** All plug-ins that this program can use: those of its own image and those of the plug-in folder. */
public final class Plugins {

    private final Path folder;
    private final List<PluginSource> sources = new ArrayList<>();
    private final List<Plugin> listed = new ArrayList<>();
    private final List<TransportProvider> transports = new ArrayList<>();
    private final List<StreamProtocolProvider> streamProtocols = new ArrayList<>();
    private final List<ReactorProvider> reactors = new ArrayList<>();
    private final List<PeerStoreProvider> stores = new ArrayList<>();

    private Plugins(Path folder) {
        this.folder = folder;
        ModuleLayer own = ModuleLayer.boot();
        sources.add(PluginSource.image(own));
        sources.addAll(PluginLoader.load(folder, own));
        sources.forEach(this::collect);
    }

    /**
     * Loads them.
     *
     * @param folder where dropped-in jars lie; default: {@code plugins/} beside the program's image
     */
    public static Plugins load(Optional<Path> folder) {
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            throw Failure.of(
                            "P2P-PLUGINS-NOT-FOUND",
                            ExitCode.NOT_FOUND,
                            "cannot load plug-ins from " + folder.get(),
                            "there is no such folder")
                    .tryThis("name an existing folder with --plugins");
        }
        return new Plugins(folder.orElse(Path.of(System.getProperty("java.home"), "plugins")));
    }

    /** The same plug-ins, if none of them is broken. */
    public Plugins requireSound() {
        Optional<Plugin> broken = listed.stream()
                .filter(plugin -> plugin.state().startsWith("broken"))
                .findFirst();
        if (broken.isPresent()) {
            throw brokenFailure(broken.get());
        }
        return this;
    }

    public List<TransportProvider> transports() {
        return transports;
    }

    public Optional<StreamProtocolProvider> streamProtocol() {
        return streamProtocols.stream().findFirst();
    }

    public Providers<ReactorProvider> reactors() {
        return Providers.of("reactor", reactors, ReactorProvider::name);
    }

    public Providers<PeerStoreProvider> stores() {
        return Providers.of("store", stores, PeerStoreProvider::name);
    }

    Path folder() {
        return folder;
    }

    List<Plugin> listed() {
        return listed;
    }

    private Failure brokenFailure(Plugin plugin) {
        return Failure.of(
                        "P2P-PLUGIN-BROKEN",
                        ExitCode.FAILED,
                        "cannot load the plug-in " + plugin.from(),
                        plugin.state().substring("broken: ".length()))
                .tryThis("p2p plugins list --plugins " + folder)
                .orThis("take the file out of " + folder);
    }

    private void collect(PluginSource source) {
        if (source.broken()) {
            listed.add(Plugin.broken(source.from(), source.problem()));
            return;
        }
        int before = listed.size();
        find(source, TransportProvider.class, "transport", TransportProvider::name, transports);
        find(source, StreamProtocolProvider.class, "stream-protocol", StreamProtocolProvider::name, streamProtocols);
        find(source, ReactorProvider.class, "reactor", ReactorProvider::name, reactors);
        find(source, PeerStoreProvider.class, "store", PeerStoreProvider::name, stores);
        if (listed.size() == before) {
            listed.add(Plugin.broken(source.from(), "it publishes no transport, stream protocol, reactor or store"));
        }
    }

    /** A plug-in's own failure, whatever it is, is told and does not reach the others. */
    private <P> void find(PluginSource source, Class<P> type, String kind, Function<P, String> name, List<P> into) {
        try {
            ServiceLoader<P> loader = ServiceLoader.load(source.layer(), type);
            loader.stream()
                    .filter(provider -> provider.type().getModule().getLayer() == source.layer())
                    .forEach(provider -> {
                        P plugin = provider.get();
                        into.add(plugin);
                        String module =
                                provider.type().getModule().getDescriptor().toNameAndVersion();
                        listed.add(new Plugin(kind, name.apply(plugin), module, "ready", source.from()));
                    });
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            listed.add(Plugin.broken(source.from(), kind + ": " + e.getMessage()));
        }
    }
}
