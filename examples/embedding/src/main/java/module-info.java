/** A node inside a program of one's own. */
module example.embedding {
    requires dev.p2p.router;
}
