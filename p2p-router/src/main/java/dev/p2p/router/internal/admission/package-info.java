/** From an address or a knock to a live connection: dialing, accepting, shaking hands. */
package dev.p2p.router.internal.admission;
