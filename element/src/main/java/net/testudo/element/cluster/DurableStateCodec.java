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
///
/// Most images differ in a few fields from the one before; the line and its archive, which are nearly all of an image,
/// are written anew only when they are others.
final class DurableStateCodec {
    private static final int FORMAT = 3;
    private static final int DIGEST_OCTETS = 8;
    /// Of a small cluster with some history; more is made room for.
    private static final int CAPACITY_OCTETS = 16 * 1024;

    private OctetWriter image = new OctetWriter(CAPACITY_OCTETS);
    private OctetWriter history = new OctetWriter(CAPACITY_OCTETS);
    /// What [#history] holds, null if nothing.
    private @Nullable Line line;

    private ContentArchive archive = ContentArchive.EMPTY;

    byte[] toOctets(DurableState state) {
        if (state.line() == null) {
            forget();
        }
        OctetWriter out = image.reset();
        out.u8(FORMAT)
                .i64(state.bootCount())
                .text(state.clusterId())
                .u8(state.self())
                .text(state.privateKey());
        out.i64(state.promisedEpoch()).u8(state.promisedTo());
        out.bool(state.line() != null).bool(state.prepared() != null);
        if (state.line() != null) {
            out.raw(history(state.line(), state.archive()));
        }
        if (state.prepared() != null) {
            state.prepared().emit(out);
        }
        state.orphans().emit(out);
        out.bool(state.sole()).bool(state.inSync()).i64(state.suspended().bits());
        out.i64(state.suspendedEpoch()).i64(state.suspendedSequence()).bool(state.voteVoid());
        return out.i64(out.digest().w0()).toOctets();
    }

    @SuppressWarnings("ReferenceEquality") // both are immutable, and comparing them costs as much as writing them
    private OctetWriter history(Line newest, ContentArchive contents) {
        if (line != newest || archive != contents) {
            history.reset();
            newest.emit(history);
            contents.emit(history);
            line = newest;
            archive = contents;
        }
        return history;
    }

    /// A device that is in no cluster keeps no secret of one.
    private void forget() {
        image = new OctetWriter(CAPACITY_OCTETS);
        history = new OctetWriter(CAPACITY_OCTETS);
        line = null;
        archive = ContentArchive.EMPTY;
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
