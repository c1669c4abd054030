package dev.p2p.cli.tree;

import java.util.List;

/** A command that has others below it, and makes them only when they are needed: loading all of them costs time at every start. */
public interface Group {

    /** The names of the commands below, in the order of the help. */
    List<String> names();

    /**
     * Makes one of them.
     *
     * @param name one of {@link #names()}
     */
    Object command(String name);
}
