package net.testudo.lab.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.testudo.mib.ClusterMib;
import net.testudo.mib.DeviceColumn;
import net.testudo.mib.WorkingRole;

/// The table of members, as the cluster's SNMP agent shows it.
///
/// @param rows ascending by number
public record DeviceTable(List<Row> rows) {
    private static final String TRUE = "1";

    /// A member.
    ///
    /// @param number in the cluster
    /// @param serial number
    /// @param role that it has now, as the MIB writes it
    /// @param voter whether it has a vote
    /// @param reachable whether it is heard
    /// @param inSync whether it holds all that it needs to take over
    /// @param health 0 to 100
    /// @param flows that it owns
    public record Row(
            int number,
            String serial,
            String role,
            boolean voter,
            boolean reachable,
            boolean inSync,
            int health,
            long flows) {}

    public DeviceTable {
        rows = List.copyOf(rows);
    }

    /// Reads it.
    ///
    /// @return empty rows if the agent does not answer
    public static DeviceTable read(SnmpClient snmp) {
        return of(snmp.walk(ClusterMib.DEVICE_ENTRY));
    }

    /// @param values by object identifier, as a walk of the table yields them
    public static DeviceTable of(Map<String, String> values) {
        TreeSet<Integer> numbers = new TreeSet<>();
        String serials = DeviceColumn.SERIAL.oid() + ".";
        values.keySet().stream()
                .filter(oid -> oid.startsWith(serials))
                .forEach(oid -> numbers.add(Integer.valueOf(oid.substring(serials.length()))));
        List<Row> rows = new ArrayList<>();
        for (int number : numbers) {
            rows.add(new Row(
                    number,
                    cell(values, DeviceColumn.SERIAL, number),
                    role(cell(values, DeviceColumn.WORKING_ROLE, number)),
                    cell(values, DeviceColumn.VOTER, number).equals(TRUE),
                    cell(values, DeviceColumn.REACHABLE, number).equals(TRUE),
                    cell(values, DeviceColumn.IN_SYNC, number).equals(TRUE),
                    (int) number(cell(values, DeviceColumn.HEALTH, number)),
                    number(cell(values, DeviceColumn.FLOWS, number))));
        }
        return new DeviceTable(rows);
    }

    private static String cell(Map<String, String> values, DeviceColumn column, int number) {
        return values.getOrDefault(column.oid() + "." + number, "");
    }

    private static long number(String text) {
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static String role(String number) {
        return Arrays.stream(WorkingRole.values())
                .filter(role -> Integer.toString(role.number()).equals(number))
                .findFirst()
                .map(WorkingRole::label)
                .orElse("unknown(" + number + ")");
    }

    /// Serial number of the master, if there is exactly one.
    public Optional<String> master() {
        List<String> masters = withRole(WorkingRole.MASTER);
        return masters.size() == 1 ? Optional.of(masters.getFirst()) : Optional.empty();
    }

    /// Whether this many members are there, all in sync, with one master, one backup master if there are two, and the
    /// rest active.
    public boolean whole(int devices) {
        return rows.size() == devices
                && rows.stream().allMatch(row -> row.voter() && row.reachable() && row.inSync())
                && withRole(WorkingRole.MASTER).size() == 1
                && withRole(WorkingRole.BACKUP_MASTER).size() == Math.min(1, devices - 1)
                && withRole(WorkingRole.ACTIVE).size() == Math.max(0, devices - 2);
    }

    private List<String> withRole(WorkingRole role) {
        return rows.stream()
                .filter(row -> row.role().equals(role.label()))
                .map(Row::serial)
                .toList();
    }

    /// Role by serial number.
    public Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        rows.forEach(row -> roles.put(row.serial(), row.role()));
        return roles;
    }

    /// Flows by serial number.
    public Map<String, Long> flows() {
        Map<String, Long> flows = new LinkedHashMap<>();
        rows.forEach(row -> flows.put(row.serial(), row.flows()));
        return flows;
    }

    /// The table as lines of text, with a line of headings.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("device  serial  role          voter  reachable  in sync  health  flows");
        for (Row row : rows) {
            lines.add("%-6d  %-6s  %-12s  %-5s  %-9s  %-7s  %-6d  %d"
                    .formatted(
                            row.number(),
                            row.serial(),
                            row.role(),
                            yes(row.voter()),
                            yes(row.reachable()),
                            yes(row.inSync()),
                            row.health(),
                            row.flows()));
        }
        return lines;
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines());
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }
}
