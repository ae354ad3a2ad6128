package net.testudo.element.link;

import net.testudo.element.port.EntropySource;

/// Who this device is on the cluster link.
///
/// @param serial number
/// @param bootId of its process
/// @param joinKey of this device, hexadecimal, or empty; secret
/// @param entropy for keys
public record LinkIdentity(String serial, long bootId, String joinKey, EntropySource entropy) {
    @Override
    public String toString() {
        return "LinkIdentity[" + serial + "]";
    }
}
