package net.testudo.element.wire.cluster;

/// What a data path decides about a [FlowProbe].
///
/// @param verdict number of the verdict
/// @param rule place of the rule that decided, -1 if none did
/// @param rest digest of all else: where it leaves, and how it is translated
public record ProbeVerdict(int verdict, int rule, long rest) {
    void emit(OctetWriter out) {
        out.u8(verdict).u32(rule).i64(rest);
    }

    static ProbeVerdict parse(OctetReader in) {
        return new ProbeVerdict(in.u8(), in.u32(), in.i64());
    }
}
