/**
 * For authors of peer stores: where a node keeps what it knows of its peers between two runs.
 *
 * <p>The node keeps its working set in memory and writes behind. A store only has to keep records safe and give them back.
 */
package dev.p2p.api.store;
