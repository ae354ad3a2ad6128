package net.testudo.element.config;

/// A reason to refuse a configuration.
///
/// @param path that is at fault, or where something is missing
/// @param message what is wrong and what to do about it
public record ConfigFault(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
