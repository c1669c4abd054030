package dev.p2p.it.attack;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The name service of this Java while tests run: the usual one, but a question for a name that ends in {@value #SUFFIX} gets no
 * answer before {@link #giveUp()}, and who asked is remembered.
 */
public final class SlowNames extends InetAddressResolverProvider {

    /** The last part is a name that nobody can own (RFC 2606, section 2). */
    static final String SUFFIX = ".slow.invalid";

    private static final Set<String> ASKERS = ConcurrentHashMap.newKeySet();
    private static final CountDownLatch GIVEN_UP = new CountDownLatch(1);

    /** The names of the threads that asked for slow names. */
    static Set<String> askers() {
        return Set.copyOf(ASKERS);
    }

    /** From now on slow names are unknown at once. */
    static void giveUp() {
        GIVEN_UP.countDown();
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {

            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (!host.endsWith(SUFFIX)) {
                    return usual.lookupByName(host, policy);
                }
                ASKERS.add(Thread.currentThread().getName());
                try {
                    GIVEN_UP.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new UnknownHostException(host);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return usual.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "slow names";
    }
}
