package net.testudo.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process, in a network namespace of its own, which ends with the shell that holds it.
class DeviceProcessTest {
    private static final long LIMIT_S = 60;
    /// Ports of a device: veth pairs whose other ends nobody uses.
    private static final String PORTS = """
            set -e
            for port in clu out in mgmt; do
                ip link add $port type veth peer name $port-far
                ip link set dev $port-far up
                ip link set dev $port up
            done
            ip address add 192.0.2.10/24 dev mgmt
            """;

    @TempDir
    Path directory;

    @Test
    void aDeviceRunsAndEndsInOrderOnSigterm() throws Exception {
        String output = inNamespace(PORTS + """
                mkfifo log
                set +e
                run_device 2> log &
                pid=$!
                exec 3< log
                while read -r line <&3; do
                    echo "$line"
                    case $line in *"scheduling"*) break ;; esac
                done
                nft list tables
                ip -brief link show testudo
                kill -TERM $pid
                cat <&3
                wait $pid
                echo "status $?"
                echo "left: $(nft list tables) $(ip -brief link show testudo 2>&1)"
                """);
        assertTrue(output.contains("first start: no state yet"), output);
        assertTrue(output.contains("table netdev testudo-out"), output);
        assertTrue(output.contains("device A1 ends"), output);
        assertTrue(output.contains("status 143"), output);
        assertTrue(output.contains("left:  Device \"testudo\" does not exist."), output);
    }

    @Test
    void aMissingPortIsOneLineAndNothingIsLeftBehind() throws Exception {
        String output = inNamespace(PORTS + """
                ip link delete in
                set +e
                (run_device 2> log)
                echo "status $?"
                grep "^testudo device: " log
                echo "left: $(nft list tables)"
                """);
        assertTrue(output.contains("status 1"), output);
        assertTrue(output.lines().anyMatch(l -> l.startsWith("testudo device: ") && l.contains(" in")), output);
        assertTrue(output.endsWith("left:"), output);
    }

    private String inNamespace(String script) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String device = """
                run_device() {
                    exec %s --enable-native-access=ALL-UNNAMED -Xmx96m -cp "$CLASS_PATH" net.testudo.agent.cli.Main \
                        device --serial A1 --cluster clu --data outside=out --data inside=in --management mgmt \
                        --state-dir state
                }
                """.formatted(java);
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(List.of("unshare", "--net", "bash", "-c", device + script))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), () -> "did not end: " + read(output));
            assertEquals(0, process.exitValue(), read(output));
            return read(output);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
