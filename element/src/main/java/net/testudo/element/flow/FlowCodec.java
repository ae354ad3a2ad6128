package net.testudo.element.flow;

import net.testudo.element.flow.FlowMessage.Assign;
import net.testudo.element.flow.FlowMessage.Assigned;
import net.testudo.element.flow.FlowMessage.End;
import net.testudo.element.flow.FlowMessage.NextHop;
import net.testudo.element.flow.FlowMessage.Refusal;
import net.testudo.element.flow.FlowMessage.Refused;
import net.testudo.element.flow.FlowMessage.Release;
import net.testudo.element.flow.FlowMessage.Released;
import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncAck;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// [FlowMessage] to octets and back: type (1 octet), epoch (8 octets), then the fields in order, big-endian.
public final class FlowCodec {
    /// Enough for most; a writer grows.
    private static final int MESSAGE_OCTETS = 128;
    private static final long MAC_MAX = 0xffff_ffff_ffffL;

    private FlowCodec() {}

    /// What became of octets.
    public sealed interface Parsed {}

    /// A message.
    public record Message(FlowMessage message) implements Parsed {}

    /// No message.
    public record Malformed(Reason reason) implements Parsed {}

    /// What is wrong with octets.
    public enum Reason {
        /// They end too early.
        TRUNCATED,
        /// The type is not known.
        UNKNOWN_TYPE,
        /// A field has a value it cannot have.
        BAD_VALUE,
        /// Something follows the last field.
        TRAILING
    }

    /// The octets of a message.
    ///
    /// @param version of the cluster protocol in which it is said
    public static byte[] encode(FlowMessage message, int version) {
        OctetWriter out = new OctetWriter(MESSAGE_OCTETS);
        out.u8(type(message)).i64(message.epoch());
        switch (message) {
            case Assign m -> {
                out.i64(m.stream()).u8(m.network());
                writeFlow(out, m.flow());
                out.raw(m.frame());
            }
            case Assigned m -> out.i64(m.id()).i64(m.generation());
            case Refused m -> out.i64(m.id()).i64(m.generation()).u8(m.reason().code());
            case Release m -> out.i64(m.id()).i64(m.generation());
            case Released m -> out.i64(m.id()).i64(m.generation()).u8(m.state().code());
            case End m -> out.i64(m.id()).i64(m.generation());
            case NextHop m -> out.u8(m.network()).i64(m.oldMac()).i64(m.newMac());
            case SyncBegin m ->
                out.u8(m.kind().code())
                        .i64(m.stream())
                        .i64(m.boot())
                        .i64(m.lapse())
                        .i64(m.gathered());
            case SyncData m ->
                out.u8(m.kind().code()).i64(m.stream()).i64(m.sequence()).raw(m.records());
            case SyncEnd m -> out.u8(m.kind().code()).i64(m.stream());
            case SyncAck m -> out.u8(m.kind().code()).i64(m.stream()).i64(m.sequence());
        }
        return out.toOctets();
    }

    /// The message in these octets; parts of it are views on them.
    ///
    /// @param version of the cluster protocol in which it was said
    public static Parsed parse(byte[] octets, int version) {
        OctetReader in = new OctetReader(octets);
        int type = in.u8();
        long epoch = in.i64();
        if (!in.sound()) {
            return new Malformed(Reason.TRUNCATED);
        }
        Parsed parsed = body(type, epoch, in);
        if (!in.sound()) {
            return new Malformed(Reason.TRUNCATED);
        }
        return parsed instanceof Message && in.remaining() > 0 ? new Malformed(Reason.TRAILING) : parsed;
    }

    private static int type(FlowMessage message) {
        return switch (message) {
            case Assign _ -> 1;
            case Assigned _ -> 2;
            case Refused _ -> 3;
            case Release _ -> 4;
            case Released _ -> 5;
            case End _ -> 6;
            case NextHop _ -> 7;
            case SyncBegin _ -> 8;
            case SyncData _ -> 9;
            case SyncEnd _ -> 10;
            case SyncAck _ -> 11;
        };
    }

    private static Parsed body(int type, long epoch, OctetReader in) {
        return switch (type) {
            case 1 -> assign(epoch, in);
            case 2 -> new Message(new Assigned(epoch, in.i64(), in.i64()));
            case 3 -> refused(epoch, in);
            case 4 -> new Message(new Release(epoch, in.i64(), in.i64()));
            case 5 -> released(epoch, in);
            case 6 -> new Message(new End(epoch, in.i64(), in.i64()));
            case 7 -> nextHop(epoch, in);
            case 8, 9, 10, 11 -> sync(type, epoch, in);
            default -> new Malformed(Reason.UNKNOWN_TYPE);
        };
    }

    private static Parsed assign(long epoch, OctetReader in) {
        long stream = in.i64();
        int network = in.u8();
        FlowRecord flow = readFlow(in);
        if (flow == null || flow.ownership().epoch() != epoch) {
            return new Malformed(Reason.BAD_VALUE);
        }
        return new Message(new Assign(flow, stream, network, in.slice(in.remaining())));
    }

    private static Parsed refused(long epoch, OctetReader in) {
        long id = in.i64();
        long generation = in.i64();
        int reason = in.u8();
        return !Refusal.isCode(reason)
                ? new Malformed(Reason.BAD_VALUE)
                : new Message(new Refused(epoch, id, generation, Refusal.of(reason)));
    }

    private static Parsed released(long epoch, OctetReader in) {
        long id = in.i64();
        long generation = in.i64();
        int state = in.u8();
        return ConnectionState.isCode(state)
                ? new Message(new Released(epoch, id, generation, ConnectionState.of(state)))
                : new Malformed(Reason.BAD_VALUE);
    }

    private static Parsed nextHop(long epoch, OctetReader in) {
        int network = in.u8();
        long oldMac = in.i64();
        long newMac = in.i64();
        return isMac(oldMac) && isMac(newMac)
                ? new Message(new NextHop(epoch, network, oldMac, newMac))
                : new Malformed(Reason.BAD_VALUE);
    }

    private static Parsed sync(int type, long epoch, OctetReader in) {
        int code = in.u8();
        long stream = in.i64();
        if (!StreamKind.isCode(code)) {
            return new Malformed(Reason.BAD_VALUE);
        }
        StreamKind kind = StreamKind.of(code);
        return new Message(
                switch (type) {
                    case 8 -> new SyncBegin(kind, epoch, stream, in.i64(), in.i64(), in.i64());
                    case 9 -> new SyncData(kind, epoch, stream, in.i64(), in.slice(in.remaining()));
                    case 10 -> new SyncEnd(kind, epoch, stream);
                    default -> new SyncAck(kind, epoch, stream, in.i64());
                });
    }

    static void writeFlow(OctetWriter out, FlowRecord flow) {
        Ownership ownership = flow.ownership();
        out.i64(flow.id())
                .i64(flow.forward().addresses())
                .i64(flow.forward().ports())
                .i64(flow.reverse().addresses())
                .i64(flow.reverse().ports())
                .i64(flow.forwardMac())
                .i64(flow.reverseMac())
                .u8(flow.state().code())
                .u8(flow.flags())
                .u8(ownership.owner())
                .i64(ownership.boot())
                .i64(ownership.lapse())
                .i64(ownership.epoch())
                .i64(ownership.generation());
    }

    /// A flow, or null if octets are missing or a field has a value it cannot have.
    static @Nullable FlowRecord readFlow(OctetReader in) {
        long id = in.i64();
        DirectionKey forward = new DirectionKey(in.i64(), in.i64());
        DirectionKey reverse = new DirectionKey(in.i64(), in.i64());
        long forwardMac = in.i64();
        long reverseMac = in.i64();
        int state = in.u8();
        int flags = in.u8();
        int owner = in.u8();
        Ownership ownership = new Ownership(owner, in.i64(), in.i64(), in.i64(), in.i64());
        boolean valid = in.sound()
                && id != 0
                && isMac(forwardMac)
                && isMac(reverseMac)
                && ConnectionState.isCode(state)
                && owner <= DeviceSet.DEVICE_MAX
                && !forward.equals(reverse);
        return valid
                ? new FlowRecord(
                        id, forward, reverse, forwardMac, reverseMac, ConnectionState.of(state), flags, ownership)
                : null;
    }

    private static boolean isMac(long bits) {
        return bits >= 0 && bits <= MAC_MAX;
    }
}
