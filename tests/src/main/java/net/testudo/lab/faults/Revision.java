package net.testudo.lab.faults;

/// A decided revision, as a history shows it.
///
/// @param number of the revision
/// @param hash of it, hexadecimal
/// @param parent hash of the one before
/// @param commitId of the commit that made it; empty if the cluster made it itself
record Revision(long number, String hash, String parent, String commitId) {}
