package net.testudo.lab.traffic;

/// What became of a set of TCP connections.
///
/// @param total connections asked for
/// @param alive at the end all records of both sides had arrived, in order
/// @param reset refused, or closed by the far side or by an error
/// @param stuck not established, or some record did not arrive within the time limit
/// @param longestStallNs longest time in which a connection that lives received nothing
public record SurvivorReport(int total, int alive, int reset, int stuck, long longestStallNs) {
    String format() {
        return "total=%d alive=%d reset=%d stuck=%d stall-ns=%d".formatted(total, alive, reset, stuck, longestStallNs);
    }

    static SurvivorReport parse(String line) {
        Fields fields = Fields.parse(line);
        return new SurvivorReport(
                Math.toIntExact(fields.get("total")),
                Math.toIntExact(fields.get("alive")),
                Math.toIntExact(fields.get("reset")),
                Math.toIntExact(fields.get("stuck")),
                fields.get("stall-ns"));
    }
}
