package net.testudo.agent.store;

import java.nio.file.Path;

/// Where a device keeps its state.
///
/// @param directory made at the first start
/// @param keyFile with the device key; made at the first start, its directory has to exist
public record StateLocation(Path directory, Path keyFile) {
    /// With the key in the directory itself.
    public static StateLocation in(Path directory) {
        return new StateLocation(directory, directory.resolve("device.key"));
    }
}
