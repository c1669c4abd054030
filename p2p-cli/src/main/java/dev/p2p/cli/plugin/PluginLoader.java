package dev.p2p.cli.plugin;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads jars and folders of jars as modules, each in a layer of its own on top of the program's. A module that the program has
 * already is taken from the program. What cannot be loaded is told and does not stop the others.
 */
final class PluginLoader {

    private PluginLoader() {}

    /** Loads everything in a folder, in order of name. A folder that does not exist holds nothing. */
    static List<PluginSource> load(Path folder, ModuleLayer parent) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> candidates;
        try (Stream<Path> entries = Files.list(folder)) {
            candidates = entries.filter(PluginLoader::isCandidate).sorted().toList();
        } catch (IOException e) {
            return List.of(PluginSource.broken(folder, "the folder cannot be read: " + e.getMessage()));
        }
        List<PluginSource> sources = new ArrayList<>();
        candidates.forEach(path -> sources.add(loadOne(path, parent)));
        return sources;
    }

    private static boolean isCandidate(Path path) {
        return Files.isDirectory(path) || path.getFileName().toString().endsWith(".jar");
    }

    private static PluginSource loadOne(Path path, ModuleLayer parent) {
        try {
            ModuleFinder finder = ModuleFinder.of(path);
            Set<String> roots = finder.findAll().stream()
                    .map(module -> module.descriptor().name())
                    .filter(name -> parent.findModule(name).isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (roots.isEmpty()) {
                return PluginSource.broken(path, "there is no new module in it");
            }
            Configuration configuration = parent.configuration().resolve(ModuleFinder.of(), finder, roots);
            ModuleLayer layer = parent.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
            return PluginSource.loaded(path, layer);
        } catch (FindException | ResolutionException | LayerInstantiationException | SecurityException e) {
            return PluginSource.broken(path, String.valueOf(e.getMessage()));
        }
    }
}
