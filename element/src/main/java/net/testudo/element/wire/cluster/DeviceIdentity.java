package net.testudo.element.wire.cluster;

import java.util.List;
import net.testudo.element.net.ProtocolVersions;

/// What a device says of itself in discovery (DSC-10).
///
/// @param serial unique, 1 to 64 printable ASCII characters
/// @param model hardware type
/// @param hardwareRevision of the device
/// @param firmwareVersion of the device
/// @param softwareVersion of Testudo
/// @param capabilities names, ascending
/// @param licence identifier, empty for none
/// @param versions of the cluster protocol that it speaks
public record DeviceIdentity(
        String serial,
        String model,
        String hardwareRevision,
        String firmwareVersion,
        String softwareVersion,
        List<String> capabilities,
        String licence,
        ProtocolVersions versions) {
    private static final int SERIAL_LENGTH_MAX = 64;

    public DeviceIdentity {
        capabilities = List.copyOf(capabilities);
    }

    /// Whether `text` can be a serial number: 1 to 64 printable ASCII characters without space and quotes.
    public static boolean isSerial(String text) {
        return !text.isEmpty()
                && text.length() <= SERIAL_LENGTH_MAX
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\'' && c != '"');
    }
}
