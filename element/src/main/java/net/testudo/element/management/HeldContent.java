package net.testudo.element.management;

/// A content that a device holds.
///
/// @param device its number
/// @param revision number of the revision it belongs to
/// @param hash of that revision, hexadecimal
/// @param content itself
public record HeldContent(int device, long revision, String hash, Content content) {}
