/** The descriptor that rocksdbjni's jar lacks. Its native library lies in the image's {@code lib} folder. */
module rocksdbjni {
    exports org.rocksdb;
    exports org.rocksdb.util;
}
