package net.testudo.element.management;

/// A content that a device holds, or works with.
///
/// @param device its number; [#DECIDED] for what was decided
/// @param revision number of the revision it belongs to, 0 if none
/// @param hash of that revision, or, of what a device works with, of the content; hexadecimal
/// @param content itself; empty if it is the one that was decided, or is not told
/// @param own what the device works with that is derived for it alone, in canonical form
/// @param fault why the device does not tell what it works with; empty if it does
public record HeldContent(int device, long revision, String hash, Content content, String own, String fault) {
    /// Stands for the decided revision in a comparison.
    public static final int DECIDED = 0;

    /// A content that a device holds.
    public HeldContent(int device, long revision, String hash, Content content) {
        this(device, revision, hash, content, "", "");
    }
}
