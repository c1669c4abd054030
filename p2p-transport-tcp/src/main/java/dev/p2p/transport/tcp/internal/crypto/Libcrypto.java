package dev.p2p.transport.tcp.internal.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system's libcrypto of OpenSSL 3 or later: found, loaded and asked for its version.
 *
 * <p>Where it is missing or too old, the first use of this class fails with a {@link LinkageError} whose cause says
 * why; {@link NativeParts} alone triggers that first use.
 */
final class Libcrypto {

    /**
     * Where OpenSSL 3 lives: Linux by its soname, then by its development name, macOS by name and in Homebrew's two
     * homes.
     */
    private static final List<String> PLACES = List.of(
            "libcrypto.so.3",
            "libcrypto.so",
            "libcrypto.3.dylib",
            "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib",
            "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib");

    /** Version number of 3.0.0, {@code OpenSSL_version_num(3)}; older ones and LibreSSL differ in what they promise. */
    private static final long OLDEST_VERSION = 0x30000000L;

    /** {@code OPENSSL_VERSION} of {@code openssl/crypto.h}: the text with name and number. */
    private static final int VERSION_TEXT = 0;

    /** Longest version text that is believed. */
    private static final int VERSION_TEXT_LIMIT = 200;

    private static final NativeLibrary LIBRARY = NativeLibrary.find("libcrypto", PLACES);
    private static final String VERSION = readVersion();

    private static final MethodHandle CLEAR_ERRORS = function("ERR_clear_error", null);

    private Libcrypto() {}

    /** The library's name and number, such as "OpenSSL 3.0.19". */
    static String version() {
        return VERSION;
    }

    /** {@linkplain NativeLibrary#function Links} a function. */
    static MethodHandle function(String name, @Nullable MemoryLayout result, MemoryLayout... arguments) {
        return LIBRARY.function(name, result, arguments);
    }

    /**
     * Empties this thread's error queue after a failure that was expected, so that it is not blamed on a later call.
     */
    static void clearErrors() {
        try {
            CLEAR_ERRORS.invokeExact();
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** Returns a pointer that must not be null. */
    static MemorySegment require(MemorySegment pointer, String function) {
        if (pointer.address() == 0) {
            throw failed(function);
        }
        return pointer;
    }

    /** Checks the 1 that OpenSSL returns for success. */
    static void require(int result, String function) {
        if (result != 1) {
            throw failed(function);
        }
    }

    private static IllegalStateException failed(String function) {
        clearErrors();
        return new IllegalStateException("libcrypto: " + function + " failed");
    }

    @SuppressWarnings("restricted")
    private static String readVersion() {
        try {
            MethodHandle number = function("OpenSSL_version_num", JAVA_LONG);
            MethodHandle text = function("OpenSSL_version", ADDRESS, JAVA_INT);
            MemorySegment words = (MemorySegment) text.invokeExact(VERSION_TEXT);
            String full = words.reinterpret(VERSION_TEXT_LIMIT).getString(0); // "OpenSSL 3.0.19 27 Jan 2026"
            String[] parts = full.split(" ");
            String version = parts.length < 2 ? full : parts[0] + " " + parts[1];
            if ((long) number.invokeExact() < OLDEST_VERSION) {
                throw new UnsatisfiedLinkError(version + " is older than OpenSSL 3.0");
            }
            return version;
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }
}
