package net.testudo.element.link;

/// Classes of sealed messages.
public final class MessageClass {
    /// A status on the cluster port.
    public static final int STATUS = 1;
    /// A status on a data port.
    public static final int PROBE = 2;
    /// A segment of the control stream.
    public static final int CONTROL = 3;
    /// A segment of the bulk stream.
    public static final int BULK = 4;
    /// A data frame for its flow's owner, or a part of it.
    public static final int RELAY = 5;
    /// A segment of a join session.
    public static final int JOIN = 6;

    private MessageClass() {}
}
