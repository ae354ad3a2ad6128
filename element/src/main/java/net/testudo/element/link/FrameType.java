package net.testudo.element.link;

/// What stands in the octet behind the EtherType of a cluster frame in clear.
final class FrameType {
    static final int DISCOVERY = 1;
    static final int HANDSHAKE = 2;
    static final int CERTIFICATE = 4;

    private FrameType() {}
}
