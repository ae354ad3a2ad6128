package net.testudo.element.config;

/// A node of a configuration that is another one somewhere else.
///
/// @param part where it stands
/// @param operation what became of it there
/// @param path of the node; empty for a line that cannot be read, and for a secret that should not be there
/// @param secret whether its values are kept back: `here` and `there` are empty then
/// @param here its value as it should be, empty if it has none
/// @param there the one that was found, empty if it has none
public record NodeDifference(Part part, Operation operation, String path, boolean secret, String here, String there) {
    /// A part of what a device works with.
    public enum Part {
        /// What all devices share.
        CLUSTER,
        /// What is derived for the device alone.
        DEVICE
    }

    /// What became of a node.
    public enum Operation {
        /// It is there, and should not be.
        CREATE,
        /// It is not there, and should be.
        DELETE,
        /// It has another value there.
        REPLACE,
        /// It is the first one that stands at another place there.
        MOVE,
        /// A line there is none of a configuration.
        DAMAGE
    }
}
