package net.testudo.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.testudo.lab.Json;
import net.testudo.lab.LabException;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.Secrets;
import net.testudo.lab.cluster.SnmpClient;

/// The measurements as JSON (RFC 8259), for scripts.
final class JsonReport {
    private JsonReport() {}

    /// Writes one measurement as an object, or several runs as a list of objects. The file is readable by its owner
    /// only: it holds the demo's secrets.
    static void write(Path file, List<Measurement> measurements, boolean list) {
        String text = list
                ? Json.text(measurements.stream().map(JsonReport::object).toList())
                : measurements.stream().map(JsonReport::object).map(Json::text).collect(Collectors.joining());
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new LabException("cannot write " + file + ": " + e, e);
        }
    }

    /// The members of a measurement, in the order in which they are written.
    static Map<String, Object> object(Measurement measurement) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("formed_ms", measurement.formedMs());
        members.put("interruption_ms", measurement.interruptionMs());
        members.put("real_time", measurement.realTime());
        members.put("tcp_total", measurement.traffic().tcpTotal());
        members.put("tcp_alive", measurement.traffic().tcpAlive());
        members.put("nat_changes", measurement.traffic().natChanges());
        members.put("datagrams_lost", measurement.traffic().lost());
        members.put("flows_by_device", measurement.flowsByDevice());
        members.put("roles_before", measurement.rolesBefore());
        members.put("roles_after", measurement.rolesAfter());
        members.put("notifications", measurement.notifications());
        members.put("host_key_same", measurement.hostKeySame());
        members.put("engine_id_same", measurement.engineIdSame());
        members.put("rejoined_ms", measurement.rejoinedMs());
        members.put("processors_busy_ms", measurement.processors().busyMs());
        members.put("processors_idle_ms", measurement.processors().idleMs());
        members.put("processors_stolen_ms", measurement.processors().stolenMs());
        members.put("reach", reach(measurement.reach()));
        return members;
    }

    private static Map<String, Object> reach(Reach reach) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("namespace", reach.namespace());
        members.put("enter", reach.enter());
        members.put("netconf_address", reach.address());
        members.put("netconf_port", NetconfClient.PORT);
        members.put("snmp_address", reach.address());
        members.put("snmp_port", SnmpClient.PORT);
        members.put("user", Secrets.USER);
        members.put("password", reach.secrets().password());
        members.put("ssh_key_file", reach.secrets().sshKey().toString());
        members.put("authentication_passphrase", reach.secrets().authentication());
        members.put("privacy_passphrase", reach.secrets().privacy());
        return members;
    }
}
