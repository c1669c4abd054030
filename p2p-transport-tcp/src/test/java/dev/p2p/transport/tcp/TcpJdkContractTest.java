package dev.p2p.transport.tcp;

import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;

/** TCP keeps every rule of the contract with the ciphers of the JDK. */
class TcpJdkContractTest implements TcpContract {

    @Override
    public CryptoSuite suite() {
        return CryptoSuite.jdk();
    }
}
