import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The archive of parsed classes from which the image's JVM starts. It lies at the JVM's default place, so no flag names it, and a JVM
 * that cannot use it says nothing.
 */
final class ClassArchive {

    private static final String MAIN = "dev.p2p.cli/dev.p2p.cli.Main";

    /** Stands for a folder of the training's own. */
    private static final String STORE = "STORE";

    /** Makes a store to train on; its own classes are not worth their place. */
    private static final List<String> PREPARATION =
            List.of("peers", "add", "--db", STORE, "00112233445566778899aabbccddeeff00112233@127.0.0.1:26656");

    /** Command lines whose classes go into the archive; none of them changes anything or talks to anybody. */
    private static final List<List<String>> TRAINING = List.of(
            List.of("peers", "list", "--db", STORE, "-q"),
            List.of("--help"),
            List.of("version"),
            List.of("node", "run", "--help"),
            List.of("plugins", "list"));

    private final Path image;
    private final Path work;
    private final Command command;

    ClassArchive(Path image, Path work, Command command) {
        this.image = image;
        this.work = work;
        this.command = command;
    }

    void write() throws IOException, InterruptedException {
        Path list = work.resolve("classes.list");
        Files.write(list, loadedClasses());
        java(List.of(
                "-Xshare:dump",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + image.resolve("lib/server/classes.jsa"),
                "-m",
                MAIN));
    }

    /** Sorted, so that the same sources give the same image: first the classes, then what is said about some of them. */
    private List<String> loadedClasses() throws IOException, InterruptedException {
        SortedSet<String> classes = new TreeSet<>();
        SortedSet<String> remarks = new TreeSet<>();
        program(List.of(), PREPARATION);
        for (int i = 0; i < TRAINING.size(); i++) {
            Path list = work.resolve("training-" + i + ".list");
            program(List.of("-XX:DumpLoadedClassList=" + list), TRAINING.get(i));
            for (String entry : Files.readAllLines(list)) {
                if (entry.startsWith("@")) {
                    remarks.add(entry);
                } else if (!entry.startsWith("#") && !entry.contains(" source: ")) {
                    classes.add(entry.replaceFirst(" id: [0-9]+$", "")); // a number of that one run
                }
            }
        }
        List<String> all = new ArrayList<>(classes);
        all.addAll(remarks);
        return all;
    }

    private void program(List<String> options, List<String> words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(options);
        line.addAll(List.of("-m", MAIN));
        for (String word : words) {
            line.add(word.equals(STORE) ? work.resolve("training-store").toString() : word);
        }
        java(line);
    }

    private void java(List<String> args) throws IOException, InterruptedException {
        command.run(image.resolve("bin/java"), args);
    }
}
