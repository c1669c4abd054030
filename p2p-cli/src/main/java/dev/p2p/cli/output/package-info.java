/** How the program talks: tables, JSON, logs and failures. */
package dev.p2p.cli.output;
