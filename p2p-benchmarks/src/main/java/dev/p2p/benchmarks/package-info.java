/** Benchmark workloads: each a program run of its own that prints one JSON line. */
package dev.p2p.benchmarks;
