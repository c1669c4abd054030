package dev.p2p.cli.option;

/** This build's version. */
public final class Version {

    private Version() {}

    /** The version of the program's module, or {@code dev} when it runs from class files. */
    public static String current() {
        return Version.class
                .getModule()
                .getDescriptor()
                .version()
                .map(Object::toString)
                .orElse("dev");
    }
}
