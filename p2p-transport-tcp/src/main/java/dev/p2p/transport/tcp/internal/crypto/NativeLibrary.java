package dev.p2p.transport.tcp.internal.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A library of the system, found, loaded and never unloaded. Calls are plain down-calls on native memory: "critical" ones were
 * measured 1.3 times slower, because only the plain return path cleans the vector registers that such libraries leave dirty.
 */
final class NativeLibrary {

    private final String name;
    private final SymbolLookup symbols;

    private NativeLibrary(String name, SymbolLookup symbols) {
        this.name = name;
        this.symbols = symbols;
    }

    /**
     * Loads the first of these that is there.
     *
     * @param name for messages
     * @param places file names that the system's loader looks up, or whole paths
     * @throws UnsatisfiedLinkError if none is there
     */
    @SuppressWarnings("restricted") // linking to native code is what this class is for
    static NativeLibrary find(String name, List<String> places) {
        for (String place : places) {
            try {
                return new NativeLibrary(name, SymbolLookup.libraryLookup(place, Arena.global()));
            } catch (IllegalArgumentException e) {
                // not here, try the next
            }
        }
        throw new UnsatisfiedLinkError("no " + name + " found, tried " + String.join(", ", places));
    }

    /**
     * Links a function. To be kept in a {@code static final} field: only then does the compiler inline the call.
     *
     * @param result the return type, or null for void
     */
    @SuppressWarnings("restricted")
    MethodHandle function(String function, @Nullable MemoryLayout result, MemoryLayout... arguments) {
        MemorySegment address =
                symbols.find(function).orElseThrow(() -> new UnsatisfiedLinkError(name + " lacks " + function));
        FunctionDescriptor type =
                result == null ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(result, arguments);
        return Linker.nativeLinker().downcallHandle(address, type);
    }

    /**
     * What to throw for something caught around a call handle, whose signature declares all of {@link Throwable}:
     * what is unchecked passes as it is.
     */
    static RuntimeException rethrown(Throwable e) {
        return switch (e) {
            case Error error -> throw error;
            case RuntimeException unchecked -> unchecked;
            default -> new IllegalStateException("a call to a native library failed", e);
        };
    }
}
