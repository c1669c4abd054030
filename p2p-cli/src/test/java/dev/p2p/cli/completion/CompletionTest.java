package dev.p2p.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.tree.CommandTree;
import dev.p2p.cli.tree.Group;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CompletionTest {

    @Test
    void fishIsToldCommandsOptionsAndValuesWhereTheyFit() {
        String script = FishScript.of(CompletionModel.prepare(CommandTree.whole(new Program())));

        assertThat(script.lines())
                .contains(
                        "complete -c tool -f",
                        "complete -c tool -n 'not __fish_seen_subcommand_from do' -a do -d 'Does one\\'s work.'",
                        "complete -c tool -n '__fish_seen_subcommand_from do' -s c -l colour -x -a 'red green' -d 'which'",
                        "complete -c tool -n '__fish_seen_subcommand_from do' -l out -r -F -d 'where to'",
                        "complete -c tool -n '__fish_seen_subcommand_from do' -F -d 'what'");
    }

    @Test
    void bashIsOfferedWordsAsPeopleTypeThemAndFiles() {
        String script = AutoComplete.bash("tool", CompletionModel.prepare(CommandTree.whole(new Program())));

        assertThat(script).contains("(\"red\" \"green\")").doesNotContain("\"RED\"");
        assertThat(script.substring(script.indexOf("'--out')")).lines().limit(5))
                .anyMatch(line -> line.contains("compgen -f"));
    }

    @Test
    void manualPagesSayWhatTheHelpSays() {
        Map<String, String> pages = ManualPages.of(CommandTree.whole(new Program()));

        assertThat(pages).containsOnlyKeys("tool.1", "tool-do.1");
        assertThat(pages.get("tool-do.1"))
                .startsWith(".TH \"TOOL\\-DO\" 1\n.SH NAME\ntool\\-do \\- Does one's work.\n")
                .contains(".TP\n.B \\-c, \\-\\-colour COLOUR\nwhich\n", ".TP\n.B FILE\nwhat\n", "tool(1)");
        assertThat(pages.get("tool.1")).contains(".SH COMMANDS\n.TP\n.B tool\\-do(1)\nDoes one's work.\n");
    }

    enum Colour {
        RED,
        GREEN
    }

    @Command(name = "tool", description = "A tool.")
    private static final class Program extends Group {
        @Override
        public List<String> names() {
            return List.of("do");
        }

        @Override
        public Object command(String name) {
            return new Verb();
        }

        @Override
        public void run() {}
    }

    @Command(name = "do", description = "Does one's work.")
    private static final class Verb implements Runnable {

        @Option(
                names = {"-c", "--colour"},
                paramLabel = "COLOUR",
                description = "which")
        private Colour colour = Colour.RED;

        @Option(names = "--out", paramLabel = "FILE", description = "where to")
        private String out = "";

        @Parameters(paramLabel = "FILE", description = "what")
        private String file = "";

        @Override
        public void run() {
            assertThat(colour + out + file).isNotNull();
        }
    }
}
