package dev.p2p.cli.addrbook;

/** Which addresses are taken. */
enum ScopeChoice {
    /** Those that can be reached from everywhere, as CometBFT's strict mode does. */
    PUBLIC,
    /** Private ones and loopback too. */
    ANY
}
