/** What this module publishes to {@link java.util.ServiceLoader}. */
package dev.p2p.transport.tcp;
