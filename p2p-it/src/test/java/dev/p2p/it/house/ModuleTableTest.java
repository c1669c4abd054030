package dev.p2p.it.house;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may require whom. The JDK's own modules are free. */
class ModuleTableTest {

    private static final String API = "dev.p2p.api";
    private static final String ROUTER = "dev.p2p.router";
    private static final String PROTOBUF = "com.google.protobuf";

    private static final Map<String, Set<String>> MAY_REQUIRE = Map.ofEntries(
            entry(API, Set.of(PROTOBUF)),
            entry(ROUTER, Set.of(API)),
            entry("dev.p2p.transport.tcp", Set.of(API, PROTOBUF)),
            entry("dev.p2p.transport.memory", Set.of(API, PROTOBUF)),
            entry("dev.p2p.reactor.pex", Set.of(API, PROTOBUF)),
            entry("dev.p2p.peerstore.rocksdb", Set.of(API, PROTOBUF, "rocksdbjni")),
            entry("dev.p2p.testkit", Set.of(API, "org.junit.jupiter.api", "org.assertj.core")),
            entry("dev.p2p.cli", Set.of(API, ROUTER, PROTOBUF, "info.picocli", "com.google.gson")));

    private final Map<String, ModuleDescriptor> modules =
            House.descriptors().stream().collect(Collectors.toMap(ModuleDescriptor::name, module -> module));

    @Test
    void allModulesOfTheTableAreThere() {
        assertThat(modules.keySet()).containsAll(MAY_REQUIRE.keySet());
    }

    @Test
    void noModuleRequiresMoreThanItMay() {
        for (var row : MAY_REQUIRE.entrySet()) {
            assertThat(foreign(modules.get(row.getKey())))
                    .as("what %s requires", row.getKey())
                    .isSubsetOf(row.getValue());
        }
    }

    @Test
    void noModuleAtAllRequiresAPlugIn() {
        Set<String> plugIns = MAY_REQUIRE.keySet().stream()
                .filter(name -> name.matches("dev\\.p2p\\.(transport|reactor|peerstore)\\..*"))
                .collect(Collectors.toSet());
        for (ModuleDescriptor module : modules.values()) {
            assertThat(foreign(module)).as("what %s requires", module.name()).doesNotContainAnyElementsOf(plugIns);
        }
    }

    @Test
    void whatIsInternalIsNotExported() {
        for (ModuleDescriptor module : modules.values()) {
            assertThat(module.exports().stream()
                            .filter(export -> !export.isQualified())
                            .map(Exports::source))
                    .as("what %s exports", module.name())
                    .noneMatch(name -> name.contains(".internal"));
        }
    }

    private static Set<String> foreign(ModuleDescriptor module) {
        return module.requires().stream()
                .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
