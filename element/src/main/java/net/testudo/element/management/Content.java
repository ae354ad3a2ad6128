package net.testudo.element.management;

/// The content of a configuration revision, in canonical form: one line a leaf, in document order.
///
/// A line is `PATH = VALUE`, or `PATH` alone for a presence container or a list entry without further leaves.
/// PATH is an instance identifier with module names in the style of RFC 7951 §6.11
/// (`/testudo-cluster:cluster/member[serial='A1']/static-role`); in VALUE backslash and line feed are escaped as
/// `\\` and `\n`. Two contents are equal exactly if their texts are.
///
/// @param configuration what get-config shows
/// @param secrets what no reader may see (keys); same form
public record Content(String configuration, String secrets) {
    /// Nothing configured.
    public static final Content EMPTY = new Content("", "");

    /// Its size, in characters.
    public long characters() {
        return (long) configuration.length() + secrets.length();
    }

    @Override
    public String toString() {
        return "Content[configuration=" + configuration + ", secrets=***]";
    }
}
