package dev.p2p.transport.tcp.internal.crypto;

/** A program that says which suite it would use, for tests that need a Java of their own. */
final class CryptoSuiteReport {

    private CryptoSuiteReport() {}

    public static void main(String[] arguments) {
        System.out.println(CryptoSuite.best().name() + ", because "
                + CryptoSuite.libcryptoRefusal().orElse("libcrypto works") + "; "
                + CryptoSuite.libsodiumRefusal().orElse("libsodium works"));
    }
}
