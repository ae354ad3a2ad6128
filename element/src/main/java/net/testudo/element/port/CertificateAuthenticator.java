package net.testudo.element.port;

import org.jspecify.annotations.Nullable;

/// Mutual authentication by device certificates (JON-03). It happens outside of the element, since it needs threads,
/// the wall clock and much time; the element carries the octets between the two devices and takes the result.
public interface CertificateAuthenticator {
    /// Begins an exchange. Never blocks.
    ///
    /// @param initiator whether this device speaks first
    /// @return null if too many are under way
    @Nullable
    Exchange begin(boolean initiator);

    /// One exchange with one other device. Used by the duty cycle; nothing here blocks.
    interface Exchange extends AutoCloseable {
        /// Takes octets that the other device sent, in order.
        void offer(byte[] octets);

        /// The next octets for the other device, or null if there are none now.
        byte @Nullable [] poll();

        /// What has come of it so far. What [#poll] still returns after the end is to be sent too: the other device
        /// learns from it why.
        Outcome outcome();

        /// 32 octets that only the two devices know, once it is authenticated; wiped by [#close].
        byte[] secret();

        /// Ends it and wipes what is secret.
        @Override
        void close();
    }

    /// How far an exchange is.
    sealed interface Outcome {
        /// It goes on.
        record Running() implements Outcome {}

        /// Each side holds the key of a certificate that the other side trusts, and knows that the other one knows.
        ///
        /// @param serial number of the other device, as its certificate says
        record Authenticated(String serial) implements Outcome {}

        /// It came to nothing.
        ///
        /// @param reason for the operator
        record Failed(String reason) implements Outcome {}
    }
}
