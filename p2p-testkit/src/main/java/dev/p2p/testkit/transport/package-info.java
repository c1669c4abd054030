/**
 * The rules for transports, as tests, and the pieces that they are made of.
 *
 * <p>{@link dev.p2p.testkit.transport.TransportContract} is the whole of it: a test class that implements it and answers the
 * questions of {@link dev.p2p.testkit.transport.TransportSubject} gets one test for each rule. The other types serve an
 * author's further tests: a {@link dev.p2p.testkit.transport.TransportRig} connects two nodes in a line, a
 * {@link dev.p2p.testkit.transport.QueuedSource} and a {@link dev.p2p.testkit.transport.RecordingSink} stand in for the
 * platform at the two ends of a connection, and {@link dev.p2p.testkit.transport.Workers} keep whatever blocks from
 * blocking the test.
 */
package dev.p2p.testkit.transport;
