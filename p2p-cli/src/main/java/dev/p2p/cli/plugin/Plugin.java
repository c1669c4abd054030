package dev.p2p.cli.plugin;

/**
 * One plug-in.
 *
 * @param kind transport, stream-protocol, reactor or store
 * @param name the name it publishes
 * @param module its module with version
 * @param state {@code ready}, or {@code broken: } and why
 * @param from {@code image}, or the jar or folder
 */
record Plugin(String kind, String name, String module, String state, String from) {

    static Plugin broken(String from, String problem) {
        return new Plugin("-", "-", "-", "broken: " + problem, from);
    }
}
