package dev.p2p.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandTreeTest {

    private final List<String> made = new ArrayList<>();

    @Test
    void onlyTheNamedBranchIsMade() {
        CommandLine line = CommandTree.forWords(root(), List.of("-v", "a", "y", "--option"));

        assertThat(made).containsExactly("a", "y");
        assertThat(line.getSubcommands()).containsOnlyKeys("a");
        assertThat(line.getSubcommands().get("a").getSubcommands()).containsOnlyKeys("y");
    }

    @Test
    void allOfALevelAreMadeIfNoneIsNamed() {
        CommandTree.forWords(root(), List.of("--help"));
        assertThat(made).containsExactly("a", "b");

        made.clear();
        CommandTree.forWords(root(), List.of("a", "mistyped"));
        assertThat(made).containsExactly("a", "x", "y");
    }

    @Test
    void theWholeTreeIsMadeForWhoeverDescribesIt() {
        CommandTree.whole(root());

        assertThat(made).containsExactly("a", "x", "y", "b", "x", "y");
    }

    private Branch root() {
        return new Branch(List.of("a", "b"), name -> new Branch(List.of("x", "y"), leaf -> new Leaf()));
    }

    private interface Maker {
        Object make(String name);
    }

    @Command
    private static final class Leaf implements Runnable {
        @Override
        public void run() {}
    }

    @Command
    private final class Branch extends Group {

        private final List<String> names;
        private final Maker maker;

        Branch(List<String> names, Maker maker) {
            this.names = names;
            this.maker = maker;
        }

        @Override
        public List<String> names() {
            return names;
        }

        @Override
        public Object command(String name) {
            made.add(name);
            return maker.make(name);
        }
    }
}
