package net.testudo.pcapio;

import net.testudo.element.net.MacAddress;

/// What the kernel says of a port.
///
/// @param index of the interface, 0 if there is none of that name
/// @param up whether it is switched on
/// @param carrier whether it is up and has carrier
/// @param mtuOctets largest layer-3 payload
/// @param mac its own MAC address
record LinkState(int index, boolean up, boolean carrier, int mtuOctets, MacAddress mac) {
    /// No such interface.
    static final LinkState ABSENT = new LinkState(0, false, false, 0, new MacAddress(0));
}
