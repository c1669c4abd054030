/** Several complete nodes in one process, to see the platform at work. */
package dev.p2p.cli.demo;
