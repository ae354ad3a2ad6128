package net.testudo.agent.management;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import net.testudo.agent.ClusterAccess;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.EventCodec;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// The octets of messages, for one end of one connection: a configuration travels only when it changed. All numbers are
/// in network order.
final class MessageCodec {
    private static final int HELLO = 1;
    private static final int REQUEST = 2;
    private static final int ANSWER = 3;
    private static final int SNAPSHOT = 4;
    private static final int EVENT = 5;
    private static final int ACCESS = 6;
    private static final int HANDLED = 7;
    private static final int CAPACITY_OCTETS = 4096;

    private final OctetWriter out = new OctetWriter(CAPACITY_OCTETS);
    private final SnapshotCodec snapshots = new SnapshotCodec();

    byte[] write(Message message) {
        out.reset();
        switch (message) {
            case Message.Hello(int version) -> out.u8(HELLO).u16(version);
            case Message.Request(var request) -> RequestCodec.write(out.u8(REQUEST), request);
            case Message.Handled(String event) -> out.u8(HANDLED).text(event);
            case Message.Answer(var answer) -> RequestCodec.write(out.u8(ANSWER), answer);
            case Message.Snapshot(var snapshot) -> snapshots.write(out.u8(SNAPSHOT), snapshot);
            case Message.Event(var event) -> EventCodec.emit(out.u8(EVENT), event, ProtocolVersions.NEWEST);
            case Message.Access(ClusterAccess access) ->
                out.u8(ACCESS)
                        .bool(access.address().isPresent())
                        .u32(access.address().map(Ipv4Address::bits).orElse(0))
                        .bool(access.serving());
        }
        return out.toOctets();
    }

    /// @throws IOException if these octets are no message; says why
    Message read(byte[] octets) throws IOException {
        OctetReader in = new OctetReader(octets);
        int type = in.u8();
        Message message = read(type, in);
        if (message == null || !in.complete()) {
            throw new IOException("a malformed message of type " + type);
        }
        return message;
    }

    private @Nullable Message read(int type, OctetReader in) {
        return switch (type) {
            case HELLO -> new Message.Hello(readHello(in));
            case REQUEST -> of(RequestCodec.readRequest(in), Message.Request::new);
            case HANDLED -> new Message.Handled(in.text());
            case ANSWER -> of(RequestCodec.readAnswer(in), Message.Answer::new);
            case SNAPSHOT -> of(snapshots.read(in), Message.Snapshot::new);
            case EVENT -> of(EventCodec.parse(in, ProtocolVersions.NEWEST), Message.Event::new);
            case ACCESS -> new Message.Access(readAccess(in));
            default -> null;
        };
    }

    private static <T> @Nullable Message of(@Nullable T content, Function<T, Message> message) {
        return content == null ? null : message.apply(content);
    }

    /// What another version says beyond its number is its own.
    private static int readHello(OctetReader in) {
        int version = in.u16();
        in.raw(in.remaining());
        return version;
    }

    private static ClusterAccess readAccess(OctetReader in) {
        boolean present = in.bool();
        Ipv4Address address = new Ipv4Address(in.u32());
        return new ClusterAccess(present ? Optional.of(address) : Optional.empty(), in.bool());
    }
}
