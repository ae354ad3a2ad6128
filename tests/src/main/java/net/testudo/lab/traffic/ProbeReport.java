package net.testudo.lab.traffic;

/// What a [UdpProbe] saw.
///
/// @param sent probes sent
/// @param lost probes without an echo
/// @param duplicates echoes beyond the first of their probe
/// @param longestGapNs longest time between two echoes since the start or the last mark
/// @param longestLossRun most probes lost in succession
/// @param sourceChanges how often the far side saw another source address or port: changes of a NAT mapping
/// @param senderLateNs longest delay of a probe by this host itself; a gap is known no better than this
public record ProbeReport(
        long sent,
        long lost,
        long duplicates,
        long longestGapNs,
        long longestLossRun,
        long sourceChanges,
        long senderLateNs) {

    String format() {
        return "sent=%d lost=%d duplicates=%d gap-ns=%d loss-run=%d source-changes=%d late-ns=%d"
                .formatted(sent, lost, duplicates, longestGapNs, longestLossRun, sourceChanges, senderLateNs);
    }

    static ProbeReport parse(String line) {
        Fields fields = Fields.parse(line);
        return new ProbeReport(
                fields.get("sent"),
                fields.get("lost"),
                fields.get("duplicates"),
                fields.get("gap-ns"),
                fields.get("loss-run"),
                fields.get("source-changes"),
                fields.get("late-ns"));
    }
}
