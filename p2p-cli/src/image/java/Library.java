import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A jar as it came from its makers. */
final class Library {

    private static final Pattern FILE_NAME = Pattern.compile("(?<name>.+?)-(?<version>[0-9].*)\\.jar");
    private static final String DESCRIPTOR = "META-INF/versions/9/module-info.class";

    private static final ClassTransform JAVA_8_VERSION = (builder, element) -> {
        if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
        } else {
            builder.with(element);
        }
    };
    private static final ClassTransform TO_JAVA_8 =
            JAVA_8_VERSION.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL));

    private final Path jar;
    private final Matcher fileName;

    Library(Path jar) {
        this.jar = jar;
        this.fileName = FILE_NAME.matcher(jar.getFileName().toString());
        if (!fileName.matches()) {
            throw new IllegalArgumentException("a jar without a version in its name: " + jar);
        }
    }

    Path jar() {
        return jar;
    }

    String name() {
        return fileName.group("name");
    }

    String version() {
        return fileName.group("version");
    }

    /** Unpacks all but META-INF and native libraries. */
    Path unpacked(Path into) throws IOException {
        return unpack(into, name -> !name.startsWith("META-INF/") && !name.startsWith("lib"), bytes -> bytes);
    }

    /**
     * Unpacks with each class rewritten to the class file format of Java 8. The class archive refuses older ones, and a program that
     * starts without archived picocli classes starts a third slower.
     */
    Path modernised(Path into) throws IOException {
        try (URLClassLoader hierarchy =
                new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            // Newer versions need stack maps. They come into being when a method's body is written anew.
            ClassFile format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(hierarchy)));
            unpack(
                    into,
                    name -> name.endsWith(".class") && !name.startsWith("META-INF/"),
                    bytes -> format.transformClass(format.parse(bytes), TO_JAVA_8));
        }
        copyEntry(DESCRIPTOR, into.resolve("module-info.class"));
        return into;
    }

    void copyEntry(String name, Path to) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            JarEntry entry = file.getJarEntry(name);
            if (entry == null) {
                throw new IOException("no " + name + " in " + jar);
            }
            try (InputStream in = file.getInputStream(entry)) {
                Files.copy(in, to);
            }
        }
    }

    private Path unpack(Path into, Predicate<String> wanted, UnaryOperator<byte[]> change) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> entries = file.stream()
                    .filter(entry -> !entry.isDirectory() && wanted.test(entry.getName()))
                    .toList();
            for (JarEntry entry : entries) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("an entry that leaves its folder: " + entry.getName());
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.write(target, change.apply(in.readAllBytes()));
                }
            }
        }
        return into;
    }
}
