package net.testudo.element.cluster;

import net.testudo.element.cluster.history.ContentArchive;
import net.testudo.element.cluster.history.OrphanList;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import net.testudo.element.wire.cluster.PreparedEntry;
import org.jspecify.annotations.Nullable;

/// The durable state as octets: a format number, the fields, the first word of their SHA-256 digest.
final class DurableStateCodec {
    private static final int FORMAT = 3;
    private static final int DIGEST_OCTETS = 8;

    private DurableStateCodec() {}

    static byte[] toOctets(DurableState state) {
        OctetWriter out = new OctetWriter(1024);
        out.u8(FORMAT)
                .i64(state.bootCount())
                .text(state.clusterId())
                .u8(state.self())
                .text(state.privateKey());
        out.i64(state.promisedEpoch()).u8(state.promisedTo());
        out.bool(state.line() != null).bool(state.prepared() != null);
        if (state.line() != null) {
            state.line().emit(out);
            state.archive().emit(out);
        }
        if (state.prepared() != null) {
            state.prepared().emit(out);
        }
        state.orphans().emit(out);
        out.bool(state.sole()).bool(state.inSync()).i64(state.suspended().bits());
        out.i64(state.suspendedEpoch()).i64(state.suspendedSequence()).bool(state.voteVoid());
        return out.i64(Digest.of(out.toOctets()).w0()).toOctets();
    }

    /// The state, or null if the octets are torn, altered or of another format.
    static @Nullable DurableState parse(byte[] octets) {
        if (octets.length < DIGEST_OCTETS + 1) {
            return null;
        }
        int length = octets.length - DIGEST_OCTETS;
        long word = new OctetReader(octets, length, DIGEST_OCTETS).i64();
        if (Digest.of(java.util.Arrays.copyOf(octets, length)).w0() != word) {
            return null;
        }
        OctetReader in = new OctetReader(octets, 0, length);
        if (in.u8() != FORMAT) {
            return null;
        }
        DurableState state = DurableState.unconfigured(in.i64())
                .withIdentity(in.text(), in.u8(), in.text())
                .withPromise(in.i64(), in.u8());
        boolean hasLine = in.bool();
        boolean hasPrepared = in.bool();
        if (hasLine) {
            Line line = Line.parse(in);
            state = state.withLine(line)
                    .withArchive(ContentArchive.parse(in, line.newest().content()));
        }
        state = state.withPrepared(hasPrepared ? PreparedEntry.parse(in) : null)
                .withOrphans(OrphanList.parse(in))
                .withSole(in.bool())
                .withInSync(in.bool())
                .withSuspended(new DeviceSet(in.i64()), in.i64(), in.i64())
                .withVoteVoid(in.bool());
        return in.complete() ? state : null;
    }
}
