package net.testudo.element.channel;

/// Takes the messages of a [ReliableStream], each exactly once and in the order they were offered.
@FunctionalInterface
public interface MessageSink {
    /// One message.
    ///
    /// @param buffer holds the message; valid only during the call
    /// @param offset where it starts
    /// @param length of the message in octets, may be 0
    void onMessage(byte[] buffer, int offset, int length);
}
