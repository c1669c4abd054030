/** What a running node decides, as it decides. */
package dev.p2p.cli.events;
