package net.testudo.agent.datastore;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.common.QName;

/// What of the options of the standard modules works here; all else of them is not supported.
final class Features {
    /// All of them.
    static final Set<QName> SUPPORTED = Stream.of(
                    of(
                            "urn:ietf:params:xml:ns:netconf:base:1.0",
                            "2011-06-01",
                            "candidate",
                            "confirmed-commit",
                            "rollback-on-error",
                            "validate",
                            "xpath"),
                    of("urn:ietf:params:xml:ns:yang:ietf-netconf-nmda", "2019-01-07", "origin", "with-defaults"),
                    of(
                            "urn:ietf:params:xml:ns:yang:ietf-netconf-server",
                            "2024-08-14",
                            "central-netconf-server-supported",
                            "ssh-call-home",
                            "tls-call-home",
                            "tls-listen"),
                    of(
                            "urn:ietf:params:xml:ns:yang:ietf-tls-server",
                            "2024-10-10",
                            "client-auth-supported",
                            "client-auth-x509-cert",
                            "server-ident-x509-cert"),
                    of(
                            "urn:ietf:params:xml:ns:yang:ietf-crypto-types",
                            "2024-10-10",
                            "cleartext-private-keys",
                            "one-asymmetric-key-format"),
                    of("urn:ietf:params:xml:ns:yang:ietf-keystore", "2024-10-10", "inline-definitions-supported"),
                    of("urn:ietf:params:xml:ns:yang:ietf-truststore", "2024-10-10", "inline-definitions-supported"))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private Features() {}

    private static Stream<QName> of(String namespace, String revision, String... names) {
        return Arrays.stream(names).map(name -> QName.create(namespace, revision, name));
    }
}
