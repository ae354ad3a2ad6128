package net.testudo.element.link;

import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.CertificateAuthenticator;
import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// Who this device is on the cluster link.
///
/// @param serial number
/// @param bootId of its process
/// @param joinKey of this device, hexadecimal, or empty; secret
/// @param certificates by which it can prove itself and others to it, null if it has none
/// @param entropy for keys
/// @param versions of the protocol that it speaks
public record LinkIdentity(
        String serial,
        long bootId,
        String joinKey,
        @Nullable CertificateAuthenticator certificates,
        EntropySource entropy,
        ProtocolVersions versions) {
    @Override
    public String toString() {
        return "LinkIdentity[" + serial + "]";
    }
}
