package net.testudo.element.wire.cluster;

import java.util.List;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.wire.cluster.ControlMessage.Decide;
import net.testudo.element.wire.cluster.ControlMessage.HandOver;
import net.testudo.element.wire.cluster.ControlMessage.InForceReply;
import net.testudo.element.wire.cluster.ControlMessage.InForceRequest;
import net.testudo.element.wire.cluster.ControlMessage.Inspect;
import net.testudo.element.wire.cluster.ControlMessage.Kept;
import net.testudo.element.wire.cluster.ControlMessage.Log;
import net.testudo.element.wire.cluster.ControlMessage.Prepare;
import net.testudo.element.wire.cluster.ControlMessage.PrepareReply;
import net.testudo.element.wire.cluster.ControlMessage.Reapply;
import net.testudo.element.wire.cluster.ControlMessage.Silence;
import net.testudo.element.wire.cluster.ControlMessage.Suspend;
import net.testudo.element.wire.cluster.ControlMessage.SuspendReply;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.ControlMessage.VoteRequest;
import org.jspecify.annotations.Nullable;

/// Control messages as octets: one octet of type, then the fields in order.
public final class ControlCodec {
    private static final int VOTE_REQUEST = 1;
    private static final int VOTE = 2;
    private static final int PREPARE = 3;
    private static final int PREPARE_REPLY = 4;
    private static final int DECIDE = 5;
    private static final int SUSPEND = 6;
    private static final int SUSPEND_REPLY = 7;
    private static final int LOG = 8;
    private static final int REAPPLY = 9;
    private static final int IN_FORCE_REQUEST = 10;
    private static final int IN_FORCE_REPLY = 11;
    private static final int HAND_OVER = 12;
    private static final int KEPT = 13;
    private static final int INSPECT = 14;

    private static final int INSPECT_SINCE = 2;
    private static final int SILENCES_SINCE = 2;

    private ControlCodec() {}

    /// Whether a device that speaks `version` knows this type of message.
    public static boolean knows(ControlMessage message, int version) {
        return !(message instanceof Inspect) || version >= INSPECT_SINCE;
    }

    /// The octets of `message`.
    ///
    /// @param version of the protocol in which it is said
    public static byte[] toOctets(ControlMessage message, int version) {
        OctetWriter out = new OctetWriter(256);
        switch (message) {
            case VoteRequest m ->
                out.u8(VOTE_REQUEST).i64(m.epoch()).bool(m.preliminary()).i64(m.decidedNumber());
            case Vote m -> emitVote(m, out.u8(VOTE), version);
            case Prepare m -> m.entry().emit(out.u8(PREPARE));
            case PrepareReply m ->
                out.u8(PREPARE_REPLY)
                        .i64(m.epoch())
                        .i64(m.sequence())
                        .bool(m.stored())
                        .text(m.path())
                        .text(m.reason());
            case InForceRequest m -> m.known().emit(out.u8(IN_FORCE_REQUEST).i64(m.id()));
            case InForceReply m -> emitInForce(m, out.u8(IN_FORCE_REPLY));
            case Reapply m -> m.revision().emit(out.u8(REAPPLY).i64(m.epoch()));
            case Decide m -> m.line().emit(out.u8(DECIDE).i64(m.epoch()));
            case Suspend m ->
                out.u8(SUSPEND).i64(m.epoch()).i64(m.sequence()).i64(m.devices().bits());
            case SuspendReply m ->
                emitSilences(m.silences(), out.u8(SUSPEND_REPLY).i64(m.epoch()).i64(m.sequence()));
            case HandOver m ->
                out.u8(HAND_OVER)
                        .i64(m.epoch())
                        .text(EventCodec.reason(m.reason(), version).name())
                        .text(m.text());
            case Inspect m -> InspectionMessage.emit(out.u8(INSPECT), m.message());
            case Kept m -> KeptCodec.emit(out.u8(KEPT), m.message());
            case Log m -> LogCodec.emit(out.u8(LOG), m.message(), version);
        }
        return out.toOctets();
    }

    private static void emitInForce(InForceReply reply, OctetWriter out) {
        reply.hash().emit(out.i64(reply.id()).i64(reply.number()));
        out.longText(reply.content().configuration())
                .longText(reply.content().secrets())
                .longText(reply.own());
    }

    /// The message, or null if the octets are malformed.
    ///
    /// @param version of the protocol in which it was said
    public static @Nullable ControlMessage parse(byte[] octets, int version) {
        OctetReader in = new OctetReader(octets);
        ControlMessage message = switch (in.u8()) {
            case VOTE_REQUEST -> new VoteRequest(in.i64(), in.bool(), in.i64());
            case VOTE -> parseVote(in, version);
            case PREPARE -> new Prepare(PreparedEntry.parse(in));
            case PREPARE_REPLY -> new PrepareReply(in.i64(), in.i64(), in.bool(), in.text(), in.text());
            case IN_FORCE_REQUEST -> new InForceRequest(in.i64(), Digest.parse(in));
            case IN_FORCE_REPLY ->
                new InForceReply(
                        in.i64(), in.i64(), Digest.parse(in), new Content(in.longText(), in.longText()), in.longText());
            case REAPPLY -> new Reapply(in.i64(), Revision.parse(in));
            case DECIDE -> new Decide(in.i64(), Line.parse(in));
            case SUSPEND -> new Suspend(in.i64(), in.i64(), RevisionHeader.devices(in));
            case SUSPEND_REPLY -> new SuspendReply(in.i64(), in.i64(), in.list(Silence::parse));
            case HAND_OVER -> parseHandOver(in);
            case KEPT -> parseKept(in);
            case INSPECT -> parseInspect(in);
            case LOG -> parseLog(in, version);
            default -> null;
        };
        return in.complete() ? message : null;
    }

    private static void emitVote(Vote vote, OctetWriter out, int version) {
        out.i64(vote.epoch()).bool(vote.preliminary()).i64(vote.suspended().bits());
        out.bool(vote.header() != null).bool(vote.line() != null).bool(vote.prepared() != null);
        if (vote.header() != null) {
            vote.header().emit(out);
        }
        if (vote.line() != null) {
            vote.line().emit(out);
        }
        if (vote.prepared() != null) {
            vote.prepared().emit(out);
        }
        if (version >= SILENCES_SINCE) {
            emitSilences(vote.silences(), out);
        }
    }

    private static void emitSilences(List<Silence> silences, OctetWriter out) {
        out.u16(silences.size());
        silences.forEach(silence -> out.u8(silence.device()).i64(silence.silentNs()));
    }

    private static Vote parseVote(OctetReader in, int version) {
        long epoch = in.i64();
        boolean preliminary = in.bool();
        var suspended = RevisionHeader.devices(in);
        boolean hasHeader = in.bool();
        boolean hasLine = in.bool();
        boolean hasPrepared = in.bool();
        return new Vote(
                epoch,
                preliminary,
                hasHeader ? RevisionHeader.parse(in) : null,
                hasLine ? parseLine(in) : null,
                hasPrepared ? PreparedEntry.parse(in) : null,
                suspended,
                version >= SILENCES_SINCE ? in.list(Silence::parse) : List.of());
    }

    private static @Nullable HandOver parseHandOver(OctetReader in) {
        long epoch = in.i64();
        Reason reason = EventCodec.named(Reason.values(), in.text());
        String text = in.text();
        return reason == null ? null : new HandOver(epoch, reason, text);
    }

    private static @Nullable Kept parseKept(OctetReader in) {
        KeptMessage message = KeptCodec.parse(in);
        return message == null ? null : new Kept(message);
    }

    private static @Nullable Inspect parseInspect(OctetReader in) {
        InspectionMessage message = InspectionMessage.parse(in);
        return message == null ? null : new Inspect(message);
    }

    private static @Nullable Log parseLog(OctetReader in, int version) {
        LogMessage message = LogCodec.parse(in, version);
        return message == null ? null : new Log(message);
    }

    private static @Nullable Line parseLine(OctetReader in) {
        return in.sound() ? Line.parse(in) : null;
    }
}
