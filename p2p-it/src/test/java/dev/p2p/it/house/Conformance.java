package dev.p2p.it.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which scenario is covered by which test: read from {@code conformance.txt} and from the display names of all tests. */
final class Conformance {

    private static final Pattern ID = Pattern.compile("([A-Z]{1,3})-(\\d{2})([a-z]?)(?:\\.\\.([A-Z]{1,3})-(\\d{2}))?");
    private static final Pattern NAME = Pattern.compile("@DisplayName\\(\\s*\"([^\"]*)\"");
    private static final Pattern LINE = Pattern.compile("(section|all|by|changed|none|open) (.*)");

    /** What is said of one scenario. */
    private record Entry(String status, String where) {}

    private final Map<String, List<String>> sections = new LinkedHashMap<>();
    private final Map<String, Entry> declared = new LinkedHashMap<>();
    private final Map<String, Set<String>> tested = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> sources = new TreeMap<>();

    /** Reads both. What does not fit together is a problem. */
    static Conformance read(List<String> lines, List<Path> sources) throws IOException {
        Conformance table = new Conformance();
        for (Path source : sources) {
            String name = source.getFileName().toString().replace(".java", "");
            if (source.toString().contains("/src/test/") || name.endsWith("Contract")) {
                table.readTest(name, Files.readString(source));
            }
        }
        String section = "";
        for (String line : lines) {
            Matcher known = LINE.matcher(line);
            if (known.matches()) {
                section = known.group(1).equals("section") ? known.group(2) : section;
                table.readLine(section, known.group(1), known.group(2));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                table.problems.add("not understood: " + line);
            }
        }
        table.check();
        return table;
    }

    List<String> problems() {
        return problems;
    }

    /** The page. */
    String page() {
        StringBuilder page = new StringBuilder("""
                # Conformance

                The scenarios of Tendermint's own tests for its router and peer manager (v0.35 and master, package `internal/p2p`), those that
                they miss (JX), and the invariants (A), with what became of each here. Made by `ConformanceTest` from `conformance.txt` and from the
                numbers in the tests' display names; `mvn -pl p2p-it -am test -Dtest=ConformanceTest -Dconformance=write` writes it anew.

                """);
        Map<String, Integer> counts = new TreeMap<>();
        sections.values().forEach(ids -> ids.forEach(id -> counts.merge(status(id), 1, Integer::sum)));
        page.append("| status | scenarios | meaning |\n|---|---|---|\n");
        page.append(row("tested", counts, "a test carries the number, or is named here"));
        page.append(row("changed", counts, "the design decides otherwise, so it cannot arise as written"));
        page.append(row("none", counts, "does not apply"));
        page.append(row("open", counts, "not tested yet"));
        sections.forEach((title, ids) -> {
            page.append("\n## ").append(title).append("\n\n| ID | status | test or reason |\n|---|---|---|\n");
            ids.forEach(id -> page.append("| ")
                    .append(id)
                    .append(" | ")
                    .append(status(id))
                    .append(" | ")
                    .append(where(id))
                    .append(" |\n"));
        });
        return page.toString();
    }

    private static String row(String status, Map<String, Integer> counts, String meaning) {
        return "| " + status + " | " + counts.getOrDefault(status, 0) + " | " + meaning + " |\n";
    }

    private String status(String id) {
        Entry entry = declared.get(id);
        return entry == null || entry.status.equals("by") ? "tested" : entry.status;
    }

    private String where(String id) {
        Entry entry = declared.get(id);
        Set<String> tests = tested.getOrDefault(id, Set.of());
        return entry == null ? String.join("; ", tests) : entry.where;
    }

    private void readTest(String name, String source) {
        sources.put(name, source);
        Matcher names = NAME.matcher(source);
        while (names.find()) {
            int colon = names.group(1).indexOf(':');
            String numbers = colon < 0 ? "" : names.group(1).substring(0, colon);
            String says = names.group(1).substring(colon + 1).strip();
            ids(numbers)
                    .forEach(id -> tested.computeIfAbsent(id, key -> new LinkedHashSet<>())
                            .add("`" + name + "`: " + says));
        }
    }

    private void readLine(String section, String word, String rest) {
        switch (word) {
            case "section" -> sections.put(section, new ArrayList<>());
            case "all" -> sections.get(section).addAll(ids(rest));
            case "by" -> {
                String[] parts = rest.split(" = ", 2);
                String[] test = parts[1].split(" : ", 2);
                requireTest(test[0].strip());
                String remark = test.length > 1 ? ": " + test[1] : "";
                declare(ids(parts[0]), new Entry("by", "`" + test[0].strip() + "`" + remark));
            }
            default -> {
                String[] parts = rest.split(" : ", 2);
                if (parts.length < 2) {
                    problems.add("without a reason: " + rest);
                } else {
                    declare(ids(parts[0]), new Entry(word, parts[1]));
                }
            }
        }
    }

    private void declare(List<String> ids, Entry entry) {
        for (String id : ids) {
            if (declared.put(id, entry) != null) {
                problems.add(id + " stands twice");
            }
        }
    }

    private void requireTest(String test) {
        String[] parts = test.split("#", 2);
        String source = sources.get(parts[0]);
        if (source == null || (parts.length > 1 && !source.contains("void " + parts[1] + "("))) {
            problems.add("there is no test " + test);
        }
    }

    private void check() {
        Set<String> all = new LinkedHashSet<>();
        sections.values()
                .forEach(ids -> ids.forEach(id -> {
                    if (!all.add(id)) {
                        problems.add(id + " stands in two sections");
                    }
                }));
        declared.keySet().stream().filter(id -> !all.contains(id)).forEach(id -> problems.add(id + " is no scenario"));
        tested.keySet().stream()
                .filter(id -> !all.contains(id))
                .forEach(id -> problems.add(id + " in a display name is no scenario"));
        for (String id : all) {
            if (!declared.containsKey(id) && !tested.containsKey(id)) {
                problems.add(id + " is neither tested nor accounted for");
            }
            if (declared.containsKey(id) && tested.containsKey(id)) {
                problems.add(id + " is tested, and also listed as " + declared.get(id).status);
            }
        }
    }

    private static List<String> ids(String text) {
        List<String> ids = new ArrayList<>();
        Matcher found = ID.matcher(text);
        while (found.find()) {
            int first = Integer.parseInt(found.group(2));
            int last = found.group(5) == null ? first : Integer.parseInt(found.group(5));
            for (int number = first; number <= last; number++) {
                ids.add(String.format("%s-%02d%s", found.group(1), number, found.group(3)));
            }
        }
        return ids;
    }
}
