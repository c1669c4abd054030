package dev.p2p.transport.tcp;

import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import org.junit.jupiter.api.condition.EnabledIf;

/** TCP keeps every rule of the contract with the curves of libsodium, where there is one. */
@EnabledIf("present")
class TcpLibsodiumContractTest implements TcpContract {

    static boolean present() {
        return CryptoSuite.libsodium().isPresent();
    }

    @Override
    public CryptoSuite suite() {
        return CryptoSuite.libsodium().orElseThrow();
    }
}
