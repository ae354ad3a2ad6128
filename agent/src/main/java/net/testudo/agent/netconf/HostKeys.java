package net.testudo.agent.netconf;

import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.testudo.agent.keystore.HostKey;
import org.opendaylight.netconf.shaded.sshd.common.AttributeRepository.AttributeKey;
import org.opendaylight.netconf.shaded.sshd.common.keyprovider.KeyPairProvider;
import org.opendaylight.netconf.shaded.sshd.common.session.SessionContext;

/// The host key of a listening address. A session keeps the key with which it began, because a client takes another
/// key at a re-exchange for an attack; new sessions get the newest.
final class HostKeys implements KeyPairProvider {
    private static final AttributeKey<KeyPair> OF_SESSION = new AttributeKey<>();

    private record Parsed(String text, KeyPair pair) {}

    private final KeyPair device;
    private final Supplier<Optional<String>> cluster;
    private volatile Parsed parsed;

    /// @param device the device's own key
    /// @param cluster the cluster's key, to be preferred; empty where it is not wanted or there is none
    HostKeys(KeyPair device, Supplier<Optional<String>> cluster) {
        this.device = device;
        this.cluster = cluster;
        parsed = new Parsed("", device);
    }

    @Override
    public Iterable<KeyPair> loadKeys(SessionContext session) {
        if (session == null) {
            return List.of(current());
        }
        return List.of(session.computeAttributeIfAbsent(OF_SESSION, _ -> current()));
    }

    private KeyPair current() {
        String text = cluster.get().orElse("");
        Parsed known = parsed;
        if (!known.text().equals(text)) {
            known = new Parsed(text, HostKey.parse(text).orElse(device));
            parsed = known;
        }
        return known.pair();
    }
}
