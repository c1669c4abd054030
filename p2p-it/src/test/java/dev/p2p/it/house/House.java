package dev.p2p.it.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The modules of this repository, as they lie on the disk beside this one. */
final class House {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private House() {}

    /** The folders of all modules, examples included. */
    static List<Path> modules() {
        return walk(ROOT, 2, path -> Files.exists(path.resolve("pom.xml")) && Files.isDirectory(path.resolve("src")));
    }

    static List<Path> compiled(String output) {
        return modules().stream()
                .map(module -> module.resolve("target").resolve(output))
                .filter(Files::isDirectory)
                .toList();
    }

    static List<ModuleDescriptor> descriptors() {
        return compiled("classes").stream()
                .map(classes -> classes.resolve("module-info.class"))
                .filter(Files::exists)
                .map(House::descriptor)
                .toList();
    }

    /** All Java files that somebody wrote. */
    static List<Path> sources() {
        return modules().stream()
                .map(module -> module.resolve("src"))
                .filter(Files::isDirectory)
                .flatMap(src ->
                        walk(src, Integer.MAX_VALUE, path -> path.toString().endsWith(".java")).stream())
                .toList();
    }

    static Path root() {
        return ROOT;
    }

    /** What people read: the pages at the top and those in {@code docs}. */
    static List<Path> pages() {
        Predicate<Path> page = path -> path.toString().endsWith(".md");
        return Stream.concat(walk(ROOT, 1, page).stream(), walk(ROOT.resolve("docs"), 2, page).stream())
                .toList();
    }

    private static ModuleDescriptor descriptor(Path file) {
        try (var in = Files.newInputStream(file)) {
            return ModuleDescriptor.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> walk(Path from, int depth, Predicate<Path> wanted) {
        try (Stream<Path> paths = Files.walk(from, depth)) {
            return paths.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
