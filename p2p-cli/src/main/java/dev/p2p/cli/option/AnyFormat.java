package dev.p2p.cli.option;

/** A command, or the options of one, that looks after its format itself: a listing has them all, a stream some. */
public interface AnyFormat {}
