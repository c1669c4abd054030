package dev.p2p.cli.plugin;

import java.nio.file.Path;

/**
 * Where plug-ins come from, and what became of loading them.
 *
 * @param from {@code image}, or the jar or folder
 * @param layer the modules that were loaded; only meaningful without a problem
 * @param problem why nothing could be loaded; empty if it could
 */
record PluginSource(String from, ModuleLayer layer, String problem) {

    static PluginSource image(ModuleLayer layer) {
        return new PluginSource("image", layer, "");
    }

    static PluginSource loaded(Path path, ModuleLayer layer) {
        return new PluginSource(path.toString(), layer, "");
    }

    static PluginSource broken(Path path, String problem) {
        return new PluginSource(path.toString(), ModuleLayer.empty(), problem);
    }

    boolean broken() {
        return !problem.isEmpty();
    }
}
