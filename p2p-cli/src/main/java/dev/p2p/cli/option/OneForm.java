package dev.p2p.cli.option;

/** A command whose result has one form, which {@code -o} does not change. */
public interface OneForm {

    /** What chooses the form instead, if anything does. */
    default String formOption() {
        return "leave -o out";
    }
}
