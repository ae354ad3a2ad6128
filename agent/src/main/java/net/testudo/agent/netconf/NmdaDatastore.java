package net.testudo.agent.netconf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.PrefixedLeaves;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import org.w3c.dom.Element;

/// The datastores of the Network Management Datastore Architecture (RFC 8342) that are here.
enum NmdaDatastore {
    /// What somebody prepares.
    CANDIDATE(Datastores.Name.CANDIDATE),
    /// What was decided.
    RUNNING(Datastores.Name.RUNNING),
    /// What was decided, with all templates expanded and inactive parts left out: there are neither, so
    /// it is running.
    INTENDED(Datastores.Name.RUNNING),
    /// What is in use, with the state.
    OPERATIONAL(Datastores.Name.RUNNING);

    private static final String MODULE = "ietf-datastores";

    private final Datastores.Name configuration;

    NmdaDatastore(Datastores.Name configuration) {
        this.configuration = configuration;
    }

    /// Names without a prefix.
    static List<String> names() {
        return Arrays.stream(values()).map(NmdaDatastore::yang).toList();
    }

    /// The datastore that a leaf of a request names.
    ///
    /// @throws RpcException invalid-value, as RFC 8526 wants it
    static NmdaDatastore parse(PrefixedLeaves leaves, Element leaf) throws RpcException {
        String name = leaves.identity(leaf);
        return Arrays.stream(values())
                .filter(datastore -> name.equals(MODULE + ":" + datastore.yang()))
                .findFirst()
                .orElseThrow(() -> refused(leaf, "there is no datastore " + name + " here; there are " + names()));
    }

    /// The datastore that can be edited and locked.
    ///
    /// @throws RpcException invalid-value, as RFC 8526 wants it
    static Datastores.Name writable(PrefixedLeaves leaves, Element leaf) throws RpcException {
        return switch (parse(leaves, leaf)) {
            case CANDIDATE -> Datastores.Name.CANDIDATE;
            case RUNNING -> Datastores.Name.RUNNING;
            default -> throw refused(leaf, "this datastore cannot be written");
        };
    }

    static RpcException refused(Element leaf, String message) {
        return new RpcException(
                RpcError.protocol("invalid-value", message).withInfo("bad-element", leaf.getLocalName()));
    }

    /// The name without a prefix.
    String yang() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Where its configuration is.
    Datastores.Name configuration() {
        return configuration;
    }
}
