package net.testudo.element.wire.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The master asks what a member's data path decides about packets, and the member answers (VER-03).
public sealed interface InspectionMessage {
    /// The most packets that are asked about at once.
    int PROBES_MAX = 32;

    /// Asks about packets.
    ///
    /// @param id of the question
    record Inquiry(long id, List<FlowProbe> probes) implements InspectionMessage {
        /// Keeps its own copy of the list.
        public Inquiry {
            probes = List.copyOf(probes);
        }
    }

    /// What becomes of them.
    ///
    /// @param id of the question
    /// @param number of the revision that the data path works with, 0 if none
    /// @param verdicts in the order of the packets; none if the data path works with nothing
    record Finding(long id, long number, List<ProbeVerdict> verdicts) implements InspectionMessage {
        /// Keeps its own copy of the list.
        public Finding {
            verdicts = List.copyOf(verdicts);
        }
    }

    /// Octets: one of type, then the fields in order.
    static void emit(OctetWriter out, InspectionMessage message) {
        switch (message) {
            case Inquiry m -> {
                out.u8(1).i64(m.id()).u16(m.probes().size());
                m.probes().forEach(probe -> probe.emit(out));
            }
            case Finding m -> {
                out.u8(2).i64(m.id()).i64(m.number()).u16(m.verdicts().size());
                m.verdicts().forEach(verdict -> verdict.emit(out));
            }
        }
    }

    /// The message, or null if there is no such type. One that is too long is malformed.
    static @Nullable InspectionMessage parse(OctetReader in) {
        return switch (in.u8()) {
            case 1 -> new Inquiry(in.i64(), bounded(in.list(FlowProbe::parse), in));
            case 2 -> new Finding(in.i64(), in.i64(), bounded(in.list(ProbeVerdict::parse), in));
            default -> null;
        };
    }

    private static <T> List<T> bounded(List<T> list, OctetReader in) {
        if (list.size() > PROBES_MAX) {
            in.reject();
            return List.of();
        }
        return list;
    }
}
