package dev.p2p.transport.tcp.internal.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/**
 * Makes {@code EVP_PKEY}s of one type out of raw bytes, through one context that lives as long as the program. The calls for raw
 * keys look the type up by name each time, which takes twice as long. Any number of threads may call; one at a time is inside.
 */
final class LibcryptoImport {

    /** {@code EVP_PKEY_PUBLIC_KEY} and {@code EVP_PKEY_KEYPAIR} of {@code openssl/evp.h}. */
    private static final int PUBLIC = 0x86;

    private static final int PAIR = 0x87;

    /** {@code OSSL_PARAM_OCTET_STRING}, and where the fields of an {@code OSSL_PARAM} are ({@code openssl/core.h}). */
    private static final int OCTET_STRING = 5;

    private static final long TYPE_AT = ADDRESS.byteSize();
    private static final long DATA_AT = 2 * ADDRESS.byteSize();
    private static final long SIZE_AT = 3 * ADDRESS.byteSize();
    private static final long PARAMETER_BYTES = 5 * ADDRESS.byteSize();

    private static final MethodHandle NEW_CONTEXT =
            Libcrypto.function("EVP_PKEY_CTX_new_from_name", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle INIT = Libcrypto.function("EVP_PKEY_fromdata_init", JAVA_INT, ADDRESS);
    private static final MethodHandle IMPORT =
            Libcrypto.function("EVP_PKEY_fromdata", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);

    private static final MemorySegment PUBLIC_NAME = Arena.global().allocateFrom("pub");
    private static final MemorySegment PRIVATE_NAME = Arena.global().allocateFrom("priv");
    private static final MemorySegment NULL = MemorySegment.NULL;

    private final MemorySegment context;

    /** @param type its name to libcrypto */
    LibcryptoImport(String type) {
        try (Arena arena = Arena.ofConfined()) {
            this.context = Libcrypto.require(
                    (MemorySegment) NEW_CONTEXT.invokeExact(NULL, arena.allocateFrom(type), NULL),
                    "EVP_PKEY_CTX_new_from_name");
            Libcrypto.require((int) INIT.invokeExact(context), "EVP_PKEY_fromdata_init");
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /**
     * A public key.
     *
     * @param scratch where what the call reads is put; not needed afterwards
     */
    MemorySegment publicKey(SegmentAllocator scratch, byte[] bytes) throws Throwable {
        MemorySegment parameters = scratch.allocate(2 * PARAMETER_BYTES, ADDRESS.byteSize());
        put(parameters, 0, PUBLIC_NAME, scratch.allocateFrom(JAVA_BYTE, bytes));
        return imported(scratch, PUBLIC, parameters);
    }

    /** Both halves of a key, which are not compared. */
    MemorySegment pair(SegmentAllocator scratch, MemorySegment secret, MemorySegment publicBytes) throws Throwable {
        MemorySegment parameters = scratch.allocate(3 * PARAMETER_BYTES, ADDRESS.byteSize());
        put(parameters, 0, PRIVATE_NAME, secret);
        put(parameters, PARAMETER_BYTES, PUBLIC_NAME, publicBytes);
        return imported(scratch, PAIR, parameters);
    }

    private MemorySegment imported(SegmentAllocator scratch, int selection, MemorySegment parameters) throws Throwable {
        MemorySegment key = scratch.allocate(ADDRESS);
        int done;
        synchronized (this) {
            done = (int) IMPORT.invokeExact(context, key, selection, parameters);
        }
        Libcrypto.require(done, "EVP_PKEY_fromdata");
        return key.get(ADDRESS, 0);
    }

    /** The memory behind is zero, which ends the list. */
    private static void put(MemorySegment parameters, long at, MemorySegment name, MemorySegment bytes) {
        parameters.set(ADDRESS, at, name);
        parameters.set(JAVA_INT, at + TYPE_AT, OCTET_STRING);
        parameters.set(ADDRESS, at + DATA_AT, bytes);
        parameters.set(JAVA_LONG, at + SIZE_AT, bytes.byteSize());
    }
}
