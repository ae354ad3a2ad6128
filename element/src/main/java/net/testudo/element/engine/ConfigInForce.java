package net.testudo.element.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import net.testudo.element.management.Content;
import net.testudo.element.wire.cluster.ControlMessage.InForceReply;
import net.testudo.element.wire.cluster.ControlMessage.InForceRequest;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.InForce;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.Revision;

/// The configuration that the data path works with, as octets of its own, read back again and again: a part at each
/// status interval, so that a turn never takes long (VER-02, VER-04, VER-06).
final class ConfigInForce {
    private static final int PART_OCTETS = 8 * 1024;

    private final MessageDigest digest;
    private final long intervalNs;
    private byte[] cluster = {};
    private byte[] device = {};
    private long number;
    private int position;
    private long readNs;
    private InForce read = InForce.NONE;

    /// @param intervalNs between two parts
    ConfigInForce(long intervalNs) {
        this.intervalNs = intervalNs;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// A revision is taken into use; it is read back as a whole at once.
    void take(long revision, Content content, String deviceConfiguration) {
        number = revision;
        cluster = Revision.octets(content);
        device = deviceConfiguration.getBytes(StandardCharsets.UTF_8);
        digest.reset();
        digest.update(cluster);
        finish();
    }

    /// Nothing is in use any more.
    void drop() {
        number = 0;
        cluster = new byte[0];
        device = new byte[0];
        position = 0;
        digest.reset();
        read = InForce.NONE;
    }

    /// What was read last; goes on reading if that is due.
    InForce read(long nowNs) {
        if (number != 0 && nowNs - readNs >= intervalNs) {
            readNs = nowNs;
            int part = Math.min(PART_OCTETS, cluster.length - position);
            digest.update(cluster, position, part);
            position += part;
            if (position == cluster.length) {
                finish();
            }
        }
        return read;
    }

    /// What is in use as it is now; a content that cannot be read any more is told as empty, with its hash.
    InForceReply tell(InForceRequest request) {
        Digest hash = number == 0 ? Digest.ZERO : Digest.of(cluster);
        OctetReader in = new OctetReader(cluster);
        Content content = new Content(in.longText(), in.longText());
        boolean told = in.complete() && !hash.equals(request.known());
        String own = new String(device, StandardCharsets.UTF_8);
        return new InForceReply(request.id(), number, hash, told ? content : Content.EMPTY, own);
    }

    private void finish() {
        position = 0;
        long shared = word(digest.digest());
        long own = word(digest.digest(device));
        read = new InForce(number, shared, own);
    }

    private static long word(byte[] octets) {
        return Digest.parse(new OctetReader(octets)).w0();
    }
}
