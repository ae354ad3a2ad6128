package net.testudo.element.engine;

import java.util.List;

/// What a device says of itself in discovery (DSC-10).
///
/// @param serial unique, 1 to 64 printable ASCII characters
/// @param model hardware type
/// @param hardwareRevision of the device
/// @param firmwareVersion of the device
/// @param softwareVersion of Testudo
/// @param capabilities names, ascending
/// @param licence identifier, empty for none
public record DeviceIdentity(
        String serial,
        String model,
        String hardwareRevision,
        String firmwareVersion,
        String softwareVersion,
        List<String> capabilities,
        String licence) {}
