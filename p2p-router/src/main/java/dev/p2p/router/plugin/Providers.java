package dev.p2p.router.plugin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Plug-ins of one kind, found by name.
 *
 * @param <P> the kind of provider
 */
public final class Providers<P> {

    private final String kind;
    private final Map<String, P> byName = new LinkedHashMap<>();

    private Providers(String kind) {
        this.kind = kind;
    }

    /**
     * Indexes providers, as {@link java.util.ServiceLoader} or a program gives them.
     *
     * @param kind what they are, for messages: {@code reactor}, {@code store}
     * @throws IllegalArgumentException if two have one name
     */
    public static <P> Providers<P> of(String kind, Iterable<? extends P> providers, Function<P, String> name) {
        Providers<P> index = new Providers<>(kind);
        for (P provider : providers) {
            P other = index.byName.putIfAbsent(name.apply(provider), provider);
            if (other != null) {
                throw new IllegalArgumentException("two plug-ins are a " + kind + " named " + name.apply(provider)
                        + ": " + other.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
        return index;
    }

    /**
     * The provider of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that there are
     */
    public P require(String name) {
        P provider = byName.get(name);
        if (provider == null) {
            throw new IllegalArgumentException("there is no " + kind + " named " + name + "; there are " + names());
        }
        return provider;
    }

    /** The names, in the order in which the providers were found. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** All providers, in the order in which they were found. */
    public Collection<P> all() {
        return List.copyOf(byName.values());
    }
}
