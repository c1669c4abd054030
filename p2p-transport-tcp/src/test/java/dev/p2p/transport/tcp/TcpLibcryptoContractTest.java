package dev.p2p.transport.tcp;

import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import org.junit.jupiter.api.condition.EnabledIf;

/** TCP keeps every rule of the contract with the ciphers of libcrypto, where there is one. */
@EnabledIf("present")
class TcpLibcryptoContractTest implements TcpContract {

    static boolean present() {
        return CryptoSuite.libcrypto().isPresent();
    }

    @Override
    public CryptoSuite suite() {
        return CryptoSuite.libcrypto().orElseThrow();
    }
}
