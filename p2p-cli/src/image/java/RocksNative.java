/** Which of the native libraries in RocksDB's jar is for this machine. */
final class RocksNative {

    private RocksNative() {}

    static String here() {
        return "librocksdbjni-" + suffix(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    private static String suffix(String os, String arch) {
        return switch ((os.startsWith("Mac") ? "mac" : os) + " " + arch) {
            case "Linux amd64" -> "linux64.so";
            case "Linux aarch64" -> "linux-aarch64.so";
            case "mac x86_64" -> "osx-x86_64.jnilib";
            case "mac aarch64" -> "osx-arm64.jnilib";
            default ->
                throw new IllegalStateException(
                        "images are made for Linux and macOS on x86-64 and arm64, not for " + os + " on " + arch);
        };
    }
}
