package net.testudo.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LabProcess;
import net.testudo.lab.cluster.Secrets;
import net.testudo.lab.cluster.SnmpClient;
import net.testudo.mib.ClusterNotification;
import net.testudo.mib.EventObject;

/// net-snmp's snmptrapd on the management station, and what it has received.
final class TrapReceiver {
    /// Port of notifications (RFC 3417 §3).
    static final int PORT = 162;

    /// snmpTrapOID.0 of SNMPv2-MIB (RFC 3418).
    private static final String TRAP_OID = "1.3.6.1.6.3.1.1.4.1.0";

    private static final Pattern TRAP =
            Pattern.compile(Pattern.quote("." + TRAP_OID) + " = OID: \\.(?<oid>[0-9.]+)(?<rest>[^\n]*)");

    /// Its last line, once it listens.
    private static final String LISTENS = "NET-SNMP version";

    private final LabProcess process;

    /// A notification.
    ///
    /// @param kind what it reports
    /// @param device number of the device it is about, empty if unknown
    /// @param cause why it happened
    record Trap(ClusterNotification kind, String device, String cause) {}

    /// Starts the receiver.
    ///
    /// @param engineId of the cluster's SNMP engine, hexadecimal: the user's keys are localized to it, see
    ///   RFC 3414 §2.6
    TrapReceiver(Lab lab, Secrets secrets, SnmpClient snmp, String engineId, String address) {
        Path configuration = snmp.directory().resolve("traps.conf");
        try {
            Files.writeString(configuration, """
                    createUser -e 0x%s %s SHA-256 %s AES %s
                    authUser log %s priv
                    """.formatted(
                            engineId, Secrets.USER, secrets.authentication(), secrets.privacy(), Secrets.USER));
        } catch (IOException e) {
            throw new LabException("cannot write " + configuration + ": " + e.getMessage(), e);
        }
        // Its log goes to standard error, which is not buffered.
        List<String> command = List.of(
                "setsid",
                "snmptrapd",
                "-f",
                "-C",
                "-c",
                configuration.toString(),
                "-m",
                "",
                "-On",
                "-Oa",
                "-Le",
                "udp:" + address + ":" + PORT);
        Map<String, String> environment =
                Map.of("SNMP_PERSISTENT_DIR", snmp.directory().toString());
        process = lab.start("snmptrapd", lab.topology().nms(), command, environment);
    }

    /// Whether it listens.
    ///
    /// @throws LabException if it ended
    boolean ready() {
        if (!process.alive()) {
            throw new LabException("snmptrapd ended: " + process.logTail());
        }
        return log().contains(LISTENS);
    }

    /// Its process id.
    long pid() {
        return process.pid();
    }

    /// All notifications of the cluster so far, in order of arrival.
    List<Trap> received() {
        return TRAP.matcher(log())
                .results()
                .flatMap(match -> trap(match).stream())
                .toList();
    }

    /// Names of the notifications after the first `skip`, in order of arrival.
    List<String> namesAfter(int skip) {
        return received().stream()
                .skip(skip)
                .map(trap -> trap.kind().descriptor())
                .collect(Collectors.toList());
    }

    private static Optional<Trap> trap(MatchResult match) {
        String rest = match.group("rest");
        return Arrays.stream(ClusterNotification.values())
                .filter(kind -> kind.oid().equals(match.group("oid")))
                .findFirst()
                .map(kind -> new Trap(kind, value(rest, EventObject.DEVICE), value(rest, EventObject.CAUSE)));
    }

    /// The value of a variable binding in a line of the log: `.1.2.3.0 = TYPE: value`, separated by tabs.
    private static String value(String line, EventObject object) {
        return Pattern.compile(Pattern.quote("." + object.oid() + ".0 = ") + "[A-Za-z0-9-]+: (?<value>[^\t]*)")
                .matcher(line)
                .results()
                .map(match -> match.group("value").strip().replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    private String log() {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new LabException("cannot read " + process.log() + ": " + e.getMessage(), e);
        }
    }
}
