package dev.p2p.it.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The house rules that a program can check. */
class HouseRulesTest {

    private static final int MOST_LINES = 500;

    @Test
    void noTestSleepsToWait() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("a test waits for what happens, not for time")
                .check(imported("test-classes"));
    }

    @Test
    void noNameHidesWhatATypeIs() {
        noClasses()
                .that()
                .resideInAPackage("dev.p2p..")
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveNameMatching(".*[.$](Abstract|Base|Default)[A-Z]\\w*")
                .because("an implementation says how it differs")
                .check(imported("classes"));
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("dev.p2p.(**)").should().beFreeOfCycles().check(imported("classes"));
    }

    @Test
    void noSourceFileIsTooLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : House.sources()) {
            try (var lines = Files.lines(source)) {
                long count = lines.count();
                if (count > MOST_LINES) {
                    tooLong.add(source + ": " + count + " lines");
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static JavaClasses imported(String output) {
        return new ClassFileImporter().importPaths(House.compiled(output));
    }
}
