import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the folder that is shipped: Java run time, program, plug-ins and native library in one, for the machine that it is made on.
 *
 * <p>Run by the build as a source program, with the JDK that goes into the image:
 * {@code java MakeImage.java SOURCES MODULES WORK IMAGE}, where SOURCES is the folder {@code src/image}, MODULES holds the
 * program's jar and all it needs, WORK is a folder for what lies between and IMAGE the result. An old image is
 * replaced at the end and in one move, for a program may be running from it.
 */
final class MakeImage {

    private final Path sources;
    private final Path modules;
    private final Path work;
    private final Command command;

    private MakeImage(Path sources, Path modules, Path work) {
        this.sources = sources;
        this.modules = modules;
        this.work = work;
        this.command = new Command(work.resolve("command.log"));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<Path> paths = Stream.of(args).map(Path::of).toList();
        new MakeImage(paths.get(0), paths.get(1), paths.get(2)).make(paths.get(3));
    }

    private void make(Path image) throws IOException, InterruptedException {
        Folders.delete(work);
        Files.createDirectories(work);
        List<Path> modulePath = new ArrayList<>();
        try (Stream<Path> jars = Files.list(modules)) {
            for (Path jar : jars.sorted().toList()) {
                modulePath.add(linkable(new Library(jar)));
            }
        }
        Path linked = work.resolve("image");
        command.tool(
                "jlink",
                "@" + sources.resolve("jlink.options"),
                "--module-path",
                String.join(
                        System.getProperty("path.separator"),
                        modulePath.stream().map(Path::toString).toList()),
                "--output",
                linked.toString());
        // Of use to builders of programs only: a key tool, the image's own file system for other JVMs, the JDK's list
        // of classes.
        for (String leftover : List.of("bin/keytool", "lib/jrt-fs.jar", "lib/classlist")) {
            Files.delete(linked.resolve(leftover));
        }
        Files.copy(sources.resolve("bin/p2p"), linked.resolve("bin/p2p"), StandardCopyOption.COPY_ATTRIBUTES);
        if (System.getProperty("os.name").equals("Linux")) {
            SymbolTable.removeFrom(linked.resolve("lib/server/libjvm.so"));
            SymbolTable.removeFrom(linked.resolve("lib/librocksdbjni.so"));
        }
        new ClassArchive(linked, work, command).write();
        Folders.replace(image, linked);
    }

    /** Brings a library into a form that jlink takes. */
    private Path linkable(Library library) throws IOException, InterruptedException {
        return switch (library.name()) {
            case "protobuf-java" -> described(library, "com.google.protobuf");
            case "rocksdbjni" -> withNative(library, described(library, "rocksdbjni"));
            case "picocli" -> library.modernised(work.resolve("info.picocli"));
            default -> library.jar();
        };
    }

    /** Unpacks the classes and adds the descriptor that is kept in our sources. */
    private Path described(Library library, String module) throws IOException, InterruptedException {
        Path classes = library.unpacked(work.resolve(module));
        command.tool(
                "javac",
                "--module-version",
                library.version(),
                "-d",
                classes.toString(),
                sources.resolve("modules")
                        .resolve(module)
                        .resolve("module-info.java")
                        .toString());
        return classes;
    }

    /** From the image's {@code lib} folder RocksDB loads its library as it is; from a jar it copies 17 MB at each start. */
    private Path withNative(Library library, Path classes) throws IOException, InterruptedException {
        Path lib = Files.createDirectory(work.resolve("native"));
        library.copyEntry(RocksNative.here(), lib.resolve(System.mapLibraryName("rocksdbjni")));
        Path jmod = work.resolve("rocksdbjni.jmod");
        command.tool(
                "jmod",
                "create",
                "--class-path",
                classes.toString(),
                "--libs",
                lib.toString(),
                "--module-version",
                library.version(),
                jmod.toString());
        return jmod;
    }
}
