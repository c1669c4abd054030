/** The descriptor that protobuf-java's jar lacks. It does without {@code sun.misc.Unsafe} where the image has none. */
module com.google.protobuf {
    requires java.logging;
    requires static jdk.unsupported;

    exports com.google.protobuf;
    exports com.google.protobuf.compiler;
}
