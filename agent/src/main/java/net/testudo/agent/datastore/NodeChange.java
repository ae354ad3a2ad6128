package net.testudo.agent.datastore;

/// What was done to a node.
///
/// @param kind of the change
/// @param path of the node
public record NodeChange(ChangeGuard.Kind kind, CanonicalPath path) {}
