/** Finding plug-ins by name and opening the transports of a node. */
package dev.p2p.router.plugin;
