package net.testudo.element.link;

/// What stands in the octet behind the EtherType of a cluster frame.
final class FrameType {
    static final int DISCOVERY = 1;
    static final int HANDSHAKE = 2;
    static final int SEALED = 3;
    static final int CERTIFICATE = 4;

    private FrameType() {}
}
