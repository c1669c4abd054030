/** Plug-ins: those of the image and those dropped in beside it. */
package dev.p2p.cli.plugin;
