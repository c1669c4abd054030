package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.tree.CommandTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The same options wherever the same can be asked for. */
class CommandOptionsTest {

    private static CommandLine command(String words) {
        CommandLine command = CommandTree.whole(new Main(Surroundings.ofProcess()));
        for (String word : words.split(" ")) {
            command = command.getSubcommands().get(word);
            assertThat(command).as(words).isNotNull();
        }
        return command;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peers add",
                "peers remove",
                "peers connect",
                "peers disconnect",
                "peers ban",
                "peers unban",
                "peers import",
                "peers compact",
                "peers salvage",
                "peers verify",
                "peers prune",
                "addrbook import"
            })
    void everyChangeCanBeRehearsed(String words) {
        assertThat(command(words).getCommandSpec().optionsMap()).containsKeys("--dry-run", "--yes", "-o", "-q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"peers list", "peers bans", "peers history", "peers diff", "addrbook show"})
    void everyListingCanBeCutSortedFilteredAndWatched(String words) {
        assertThat(command(words).getCommandSpec().optionsMap())
                .containsKeys(
                        "--output",
                        "--columns",
                        "--sort",
                        "--filter",
                        "--limit",
                        "--watch",
                        "--no-headers",
                        "--color",
                        "--ascii");
    }
}
