package dev.p2p.cli.crawl.result;

/** A line of a crawl's file. Whoever edits the files, or a disk that failed, may have left lines that look like one and are none. */
interface OwnLine {

    /** Whether all that every line has is there and makes sense. */
    boolean isOurs();
}
