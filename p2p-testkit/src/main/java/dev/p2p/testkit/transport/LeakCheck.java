package dev.p2p.testkit.transport;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the threads, platform and virtual, and the open sockets that were not there before. Looks at the whole process, so
 * nothing else may run meanwhile. Sockets are seen only where the operating system shows them under {@code /proc/self/fd}.
 */
public final class LeakCheck {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Where the JDK keeps its own threads, such as those that carry virtual ones. */
    private static final Set<String> GROUPS_OF_THE_JDK = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    /** A virtual thread in the JDK's dump: its number and name. */
    private static final Pattern VIRTUAL_THREAD =
            Pattern.compile("\"tid\": \"(\\d+)\"[^{}\\[\\]]*\"virtual\": true[^{}\\[\\]]*\"name\": \"([^\"]*)\"");

    /** The JDK's virtual threads that wait for sockets: one more may come with any connection, and stays. */
    private static final String POLLER_OF_THE_JDK = "SubPoller-";

    private final Set<String> before;

    private LeakCheck(Set<String> before) {
        this.before = before;
    }

    /** Remembers what is there now. */
    public static LeakCheck start() {
        return new LeakCheck(resources().keySet());
    }

    /**
     * Waits until nothing is left of what came since.
     *
     * @throws AssertionError if something stays; the message names it
     */
    public void assertNothingLeft(Duration patience) {
        if (!Poll.until(() -> left().isEmpty(), patience)) {
            throw new AssertionError("left behind: " + left().values());
        }
    }

    private Map<String, String> left() {
        Map<String, String> left = resources();
        left.keySet().removeAll(before);
        return left;
    }

    private static Map<String, String> resources() {
        Map<String, String> found = new TreeMap<>();
        try {
            addPlatformThreads(found);
            addVirtualThreads(found);
            addSockets(found);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see what this process has open", e);
        }
        return found;
    }

    private static void addPlatformThreads(Map<String, String> found) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ThreadGroup group = thread.getThreadGroup();
            if (group != null && !GROUPS_OF_THE_JDK.contains(group.getName())) {
                found.put("thread " + thread.threadId(), "thread " + thread.getName());
            }
        }
    }

    /** Virtual threads are in no list but the dump that the JDK writes for people and tools. */
    private static void addVirtualThreads(Map<String, String> found) throws IOException {
        Path directory = Files.createTempDirectory("threads");
        Path dump = directory.resolve("dump.json");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
            Matcher threads = VIRTUAL_THREAD.matcher(Files.readString(dump));
            while (threads.find()) {
                if (threads.group(2).startsWith(POLLER_OF_THE_JDK)) {
                    continue;
                }
                found.put("thread " + threads.group(1), "virtual thread " + threads.group(2));
            }
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(directory);
        }
    }

    private static void addSockets(Map<String, String> found) throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                addSocket(descriptor, found);
            }
        }
    }

    private static void addSocket(Path descriptor, Map<String, String> found) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith("socket:")) {
                found.put(target, target);
            }
        } catch (NoSuchFileException e) {
            // Closed between the listing and the look, for example the listing's own descriptor.
            return;
        }
    }
}
