package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion scripts, run by the shells themselves: bash always, zsh and fish where they are installed. */
class CompletionIT {

    /** Calls the function as bash does for each line, and prints what it offers; compopt works on a terminal only. */
    private static final String ASK_BASH = """
            source "$1"
            compopt() { :; }
            while IFS= read -r COMP_LINE; do
                read -ra COMP_WORDS <<<"$COMP_LINE"
                [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_POINT=${#COMP_LINE} COMPREPLY=()
                _complete_p2p
                echo "$COMP_LINE| ${COMPREPLY[*]}"
            done <"$2"
            """;

    /** Types each line with a tab into a zsh on a terminal of its own, and prints what its line editor made of it. */
    private static final String ASK_ZSH = """
            zmodload zsh/zpty
            zpty shell 'PS1= zsh -f -i'
            zpty -w shell "setopt nobeep; autoload -U compinit; compinit -u -D; source '$1'"
            zpty -w shell "show() { print -r -- \\$BUFFER >>'$3'; print sho''wn }; zle -N show; bindkey '^X' show; print rea''dy"
            zpty -r shell out '*ready*'
            while IFS= read -r line; do
                zpty -w -n shell "$line"$'\\t\\x18'
                zpty -r shell out '*shown*'
                zpty -w -n shell $'\\x15'
            done <"$2"
            zpty -d shell
            """;

    private static final String ASK_FISH = """
            source $argv[1]
            while read line
                echo "$line|" (complete -C "$line" | string replace -r '\\t.*' '')
            end <$argv[2]
            """;

    private final Program p2p = Program.built();

    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsOptionsWordsAndFiles() throws Exception {
        Files.createFile(folder.resolve("book.json"));
        String book = folder.resolve("bo").toString();

        Ended asked = ask(
                "bash",
                ASK_BASH,
                "p2p peers li",
                "p2p peers list -o j",
                "p2p peers list --sor",
                "p2p peers import --merge r",
                "p2p addrbook import --scope ",
                "p2p completion f",
                "p2p addrbook show " + book,
                "p2p peers export --out " + book);

        assertThat(asked.well().out())
                .isEqualTo(String.join(
                        "\n",
                        "p2p peers li| list",
                        "p2p peers list -o j| json jsonl",
                        "p2p peers list --sor| --sort",
                        "p2p peers import --merge r| replace",
                        "p2p addrbook import --scope | public any",
                        "p2p completion f| fish",
                        "p2p addrbook show " + book + "| " + book + "ok.json",
                        "p2p peers export --out " + book + "| " + book + "ok.json",
                        ""));
    }

    @Test
    void zshCompletesCommandsOptionsWordsAndFiles() throws Exception {
        requireShell("zsh");
        Files.createFile(folder.resolve("book.json"));
        String book = folder.resolve("bo").toString();

        ask(
                        "zsh",
                        ASK_ZSH,
                        "p2p peers li",
                        "p2p peers list --sor",
                        "p2p peers import --merge r",
                        "p2p completion f",
                        "p2p addrbook show " + book)
                .well();

        assertThat(folder.resolve("shown"))
                .content()
                .isEqualTo(String.join(
                        "\n",
                        "p2p peers list ",
                        "p2p peers list --sort ",
                        "p2p peers import --merge replace ",
                        "p2p completion fish ",
                        "p2p addrbook show " + book + "ok.json ",
                        ""));
    }

    @Test
    void fishCompletesCommandsOptionsWordsAndFiles() throws Exception {
        requireShell("fish");
        Files.createFile(folder.resolve("book.json"));
        String book = folder.resolve("bo").toString();

        Ended asked = ask(
                "fish",
                ASK_FISH,
                "p2p peers li",
                "p2p peers list -o j",
                "p2p peers list --sor",
                "p2p peers import --merge r",
                "p2p completion f",
                "p2p addrbook show " + book,
                "p2p peers export --out " + book,
                "p2p peers show b");

        assertThat(asked.well().out())
                .isEqualTo(String.join(
                        "\n",
                        "p2p peers li| list",
                        "p2p peers list -o j| json jsonl",
                        "p2p peers list --sor| --sort",
                        "p2p peers import --merge r| replace",
                        "p2p completion f| fish",
                        "p2p addrbook show " + book + "| " + book + "ok.json",
                        "p2p peers export --out " + book + "| " + book + "ok.json",
                        "p2p peers show b|",
                        ""));
    }

    /** Asks a shell, in a home without anybody's settings. */
    private Ended ask(String shell, String how, String... lines) throws Exception {
        String completion = p2p.run("completion", shell).well().out();
        Path script = Files.writeString(folder.resolve("p2p." + shell), completion);
        Path asking = Files.writeString(folder.resolve("ask"), how);
        Path questions = Files.writeString(folder.resolve("lines"), String.join("\n", lines) + "\n");
        Map<String, String> clean = Map.of("HOME", folder.toString(), "ZDOTDIR", folder.toString(), "TERM", "xterm");
        return new Program(Path.of(shell), clean)
                .run(
                        asking.toString(),
                        script.toString(),
                        questions.toString(),
                        folder.resolve("shown").toString());
    }

    private static void requireShell(String shell) {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, shell)));
        assumeTrue(there, "skipped: the shell " + shell + " is not installed here");
    }
}
