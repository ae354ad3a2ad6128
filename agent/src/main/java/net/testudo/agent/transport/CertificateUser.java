package net.testudo.agent.transport;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import net.testudo.agent.keystore.ConfiguredCertificates;
import net.testudo.agent.keystore.Fingerprint;
import net.testudo.agent.northbound.netconfserver.CertToName;

/// Which user a client's certificate stands for (RFC 7589 §7, with the mappings of RFC 7407).
public final class CertificateUser {
    private static final int SAN_RFC822 = 1;
    private static final int SAN_DNS = 2;
    private static final int SAN_IP = 7;

    private CertificateUser() {}

    /// The name that the first mapping which fits makes.
    ///
    /// @param presented by the client, its own first
    /// @param authorities that are believed
    /// @param mappings in the order in which they are tried
    /// @return nothing if no mapping makes a name
    public static Optional<String> of(
            List<X509Certificate> presented, List<X509Certificate> authorities, List<CertToName> mappings) {
        X509Certificate own = presented.getFirst();
        List<X509Certificate> above = above(presented, authorities);
        return mappings.stream()
                .filter(mapping -> fits(mapping, own, above))
                .flatMap(mapping -> name(mapping, own).stream())
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    /// Authorities that are believed and above the client's certificate.
    private static List<X509Certificate> above(List<X509Certificate> presented, List<X509Certificate> authorities) {
        Set<X509Certificate> left = new LinkedHashSet<>(authorities);
        left.addAll(presented);
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(presented.getFirst());
        while (next.isPresent()) {
            X509Certificate certificate = next.get();
            left.remove(certificate);
            chain.add(certificate);
            next = ConfiguredCertificates.issuer(certificate, List.copyOf(left));
        }
        chain.retainAll(authorities);
        return chain;
    }

    private static boolean fits(CertToName mapping, X509Certificate own, List<X509Certificate> above) {
        if (mapping.fingerprint().isEmpty()) {
            return true;
        }
        return Fingerprint.parse(mapping.fingerprint())
                .map(fingerprint -> fingerprint.isOf(own) || above.stream().anyMatch(fingerprint::isOf))
                .orElse(false);
    }

    private static Optional<String> name(CertToName mapping, X509Certificate own) {
        return switch (mapping.mapType()) {
            case "specified" -> Optional.of(mapping.name());
            case "san-rfc822-name" -> alternative(own, SAN_RFC822);
            case "san-dns-name" -> alternative(own, SAN_DNS);
            case "san-ip-address" -> alternative(own, SAN_IP);
            case "san-any" -> alternative(own, SAN_RFC822, SAN_DNS, SAN_IP);
            case "common-name" -> commonName(own);
            default -> Optional.empty();
        };
    }

    private static Optional<String> alternative(X509Certificate own, Integer... kinds) {
        try {
            Collection<List<?>> names = own.getSubjectAlternativeNames();
            if (names == null) {
                return Optional.empty();
            }
            return names.stream()
                    .filter(name -> List.of(kinds).contains(name.getFirst()))
                    .filter(name -> name.get(1) instanceof String)
                    .map(name -> written((Integer) name.getFirst(), (String) name.get(1)))
                    .findFirst();
        } catch (CertificateParsingException _) {
            return Optional.empty();
        }
    }

    private static String written(int kind, String name) {
        return switch (kind) {
            case SAN_RFC822 -> {
                int at = name.lastIndexOf('@');
                yield name.substring(0, at + 1) + name.substring(at + 1).toLowerCase(Locale.ROOT);
            }
            case SAN_IP -> name.contains(":") ? hexadecimal(name) : name;
            default -> name.toLowerCase(Locale.ROOT);
        };
    }

    /// IPv6 as RFC 6353 has it: 32 digits. Java writes all eight groups.
    private static String hexadecimal(String address) {
        StringBuilder text = new StringBuilder();
        for (String group : address.split(":", -1)) {
            text.append("0".repeat(Math.max(0, 4 - group.length()))).append(group.toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private static Optional<String> commonName(X509Certificate own) {
        try {
            return new LdapName(own.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .findFirst();
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }
}
