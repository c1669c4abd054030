package dev.p2p.transport.tcp.internal.crypto;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A part of a suite that a library of the system would do, after it was looked at: usable or refused. Whatever goes wrong in the look
 * becomes a reason, not a failure.
 *
 * @param value present if the part is usable
 * @param about product and version if it is, else why it is not, for people
 */
record NativePart<T>(Optional<T> value, String about) {

    /**
     * Accepts a part only if it computes the known answers.
     *
     * @param version loads the library and tells its version
     * @param part makes the part
     * @param selfTest what it got wrong, empty if nothing
     */
    static <T> NativePart<T> probe(Supplier<String> version, Supplier<T> part, Function<T, Optional<String>> selfTest) {
        try {
            String about = version.get();
            T made = part.get();
            return selfTest.apply(made)
                    .map(failure -> NativePart.<T>refused(about + " failed its self-test: " + failure))
                    .orElseGet(() -> new NativePart<>(Optional.of(made), about));
        } catch (LinkageError | RuntimeException e) {
            // no such library, a missing function, or native access denied by the command line
            return refused(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    /** Why the part is refused; empty if it is usable. */
    Optional<String> refusal() {
        return value.isPresent() ? Optional.empty() : Optional.of(about);
    }

    private static <T> NativePart<T> refused(String reason) {
        return new NativePart<>(Optional.empty(), reason);
    }
}
