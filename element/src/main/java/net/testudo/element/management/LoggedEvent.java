package net.testudo.element.management;

/// A record of the cluster's event log.
///
/// @param order its place in the log, ascending by one
/// @param orderedIn epoch of the master that gave it its place
/// @param event what happened
public record LoggedEvent(long order, long orderedIn, ElementEvent event) {}
