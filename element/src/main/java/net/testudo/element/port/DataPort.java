package net.testudo.element.port;

/// A data port: one device's port on one of the cluster's data networks.
///
/// @param network name of the network in the configuration, such as `outside`
/// @param port the port
public record DataPort(String network, PacketPort port) {}
