package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.testudo.element.management.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;

/// The models of keys and of TLS (RFC 9640 to 9645, RFC 7407), with all of their features: their
/// expressions are understood, and decide as the RFCs say. The product has fewer features of them.
final class TlsModelsTest {
    private static final Pattern NAMESPACE = Pattern.compile("namespace\\s+\"([^\"]+)\"");
    private static final Pattern FEATURE = Pattern.compile("(?m)^\\s*feature\\s+([a-z0-9-]+)");
    private static final String USER = "tls-user";
    private static final Models MODELS = models();

    private static Models models() {
        Map<String, String> texts = new TreeMap<>(List.of(
                        "testudo-types",
                        "ietf-inet-types@2013-07-15",
                        "ietf-yang-types@2013-07-15",
                        "ietf-netconf-acm@2018-02-14",
                        "iana-tls-cipher-suite-algs@2024-10-16",
                        "ietf-crypto-types@2024-10-10",
                        "ietf-keystore@2024-10-10",
                        "ietf-truststore@2024-10-10",
                        "ietf-tls-common@2024-10-10",
                        "ietf-tls-server@2024-10-10",
                        "ietf-x509-cert-to-name@2014-12-10")
                .stream()
                .collect(Collectors.toMap(name -> name, Models::text)));
        Set<QName> features = texts.entrySet().stream()
                .flatMap(file -> features(file).stream())
                .collect(Collectors.toSet());
        texts.put(USER, """
                module tls-user {
                  yang-version 1.1;
                  namespace urn:tls-user;
                  prefix u;
                  import ietf-tls-server { prefix tlss; }
                  import ietf-x509-cert-to-name { prefix x509c2n; }
                  container server { presence "there is one"; uses tlss:tls-server-grouping; }
                  container users { uses x509c2n:cert-to-name; }
                }
                """);
        try {
            return new Models(texts, features);
        } catch (YangParserException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<QName> features(Map.Entry<String, String> file) {
        String revision = file.getKey().replaceAll("^.*@", "");
        Matcher namespace = NAMESPACE.matcher(file.getValue());
        return namespace.find() && !revision.equals(file.getKey())
                ? FEATURE.matcher(file.getValue())
                        .results()
                        .map(feature -> QName.create(namespace.group(1), revision, feature.group(1)))
                        .toList()
                : List.of();
    }

    /// Lines in short: a key pair in the keystore, in the server, or in a bag of the trust store, with
    /// its format.
    private static String validate(String lines) throws CanonicalFormException {
        String text = lines.replace("~", "\n")
                .replaceAll("(?m)^(.*/)pair = (.*)$", """
                        $1public-key-format = ietf-crypto-types:$2-public-key-format
                        $1public-key = AA==
                        $1private-key-format = ietf-crypto-types:one-asymmetric-key-format
                        $1cleartext-private-key = AA==""")
                .replaceAll("(?m)^(.*/)public = (.*)$", """
                        $1public-key-format = ietf-crypto-types:$2-public-key-format
                        $1public-key = AA==""")
                .replace("subject-public-key-format", "subject-public-key-info-format")
                .replace("KEY/", "/ietf-keystore:keystore/asymmetric-keys/asymmetric-key[name='k']/")
                .replace("BAG/", "/ietf-truststore:truststore/public-key-bags/public-key-bag[name='b']/")
                .replace("OWN/", "/tls-user:server/server-identity/raw-private-key/")
                .replace("PEERS/", "/tls-user:server/client-authentication/")
                .replace("USER/", "/tls-user:users/cert-to-name[id='1']/")
                .replace("map-type = ", "map-type = ietf-x509-cert-to-name:");
        return new ConstraintValidator(MODELS)
                .validate(new CanonicalReader(MODELS).read(new Content(text + "\n", ""))).stream()
                        .map(error -> error.tag() + " " + error.path().replaceAll(".*:", ""))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            KEY/pair = subject~OWN/central-keystore-reference = k   => ``
            KEY/pair = ssh~OWN/central-keystore-reference = k       => operation-failed central-keystore-reference
            KEY/pair = ssh                                          => ``
            KEY/cleartext-private-key = AA==                        => operation-failed cleartext-private-key
            OWN/central-keystore-reference = k                      => data-missing central-keystore-reference
            OWN/inline-definition/pair = subject                    => ``
            OWN/inline-definition/pair = ssh                        => operation-failed inline-definition
            BAG/public-key[name='p']/public = subject~BAG/public-key[name='q']/public = subject~TRUST => ``
            BAG/public-key[name='p']/public = subject~BAG/public-key[name='q']/public = ssh~TRUST => REFUSED
            USER/fingerprint = 02:AA~USER/map-type = san-any        => ``
            USER/fingerprint = 02:AA~USER/map-type = specified      => data-missing name
            USER/fingerprint = 02:AA~USER/map-type = specified~USER/name = n    => ``
            USER/fingerprint = 02:AA~USER/map-type = common-name~USER/name = n  => unknown-element name
            """)
    void theirConstraintsDecide(String lines, String errors) throws CanonicalFormException {
        String trust = "KEY/pair = subject~OWN/central-keystore-reference = k"
                + "~PEERS/raw-public-keys/central-truststore-reference = b";
        assertEquals(
                errors.replace("REFUSED", "operation-failed central-truststore-reference"),
                validate(lines.replace("TRUST", trust)));
    }
}
