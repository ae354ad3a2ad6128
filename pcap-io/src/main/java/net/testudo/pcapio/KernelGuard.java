package net.testudo.pcapio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Keeps this device's kernel out of a port that the element owns: the kernel drops every received frame after packet
/// sockets saw it (nft `ingress` hook), speaks no IPv6 there, and neither merges, splits nor checksums what passes.
///
/// Without it the kernel answers ARP on the port for the address of the TAP, also while the process is stopped.
/// Taken back at [#close]. What a killed process left behind is replaced at the next start.
public final class KernelGuard implements AutoCloseable {
    private static final Set<String> OFFLOADS = Set.of(
            "rx-checksumming",
            "tx-checksumming",
            "tcp-segmentation-offload",
            "generic-segmentation-offload",
            "generic-receive-offload",
            "large-receive-offload");

    private final Deque<Undo> undos = new ArrayDeque<>();

    private KernelGuard() {}

    /// Guards a port, and switches it on.
    ///
    /// @throws PortUnavailableException if the port, a tool or a right is missing; nothing is left behind then
    public static KernelGuard install(String port) throws PortUnavailableException {
        KernelGuard guard = new KernelGuard();
        try {
            guard.disableIpv6(port);
            guard.disableOffloads(port);
            guard.dropIngress(port);
            SystemCommand.run("ip", "link", "set", "dev", port, "up");
            return guard;
        } catch (PortUnavailableException e) {
            guard.close();
            throw e;
        }
    }

    @Override
    public void close() {
        while (!undos.isEmpty()) {
            try {
                undos.pop().run();
            } catch (IOException _) {
                // the port went away before us, and what was set on it with it
            }
        }
    }

    private void dropIngress(String port) throws PortUnavailableException {
        String table = "testudo-" + port.replaceAll("[^A-Za-z0-9_.-]", "_");
        // One transaction; the first two lines remove what a killed process left behind.
        SystemCommand.runWithInput("""
                add table netdev %1$s
                delete table netdev %1$s
                table netdev %1$s {
                    chain ingress {
                        type filter hook ingress device "%2$s" priority 0; policy drop;
                    }
                }
                """.formatted(table, port), "nft", "-f", "-");
        undos.push(() -> SystemCommand.run("nft", "delete", "table", "netdev", table));
    }

    private void disableIpv6(String port) throws PortUnavailableException {
        Path setting = Path.of("/proc/sys/net/ipv6/conf", port, "disable_ipv6");
        try {
            if (Files.exists(setting)) {
                String before = Files.readString(setting);
                Files.writeString(setting, "1");
                undos.push(() -> Files.writeString(setting, before));
            }
        } catch (IOException e) {
            throw new PortUnavailableException(
                    "port " + port + ": IPv6 cannot be switched off, " + setting
                            + " is not writable: run as root, with /proc/sys mounted read-write",
                    e);
        }
    }

    private void disableOffloads(String port) throws PortUnavailableException {
        // A driver refuses what it has not; so only what is on and can be switched is named.
        List<String> active = SystemCommand.run("ethtool", "-k", port)
                .lines()
                .filter(line -> line.endsWith(": on"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .filter(OFFLOADS::contains)
                .toList();
        if (!active.isEmpty()) {
            switchOffloads(port, active, "off");
            undos.push(() -> switchOffloads(port, active, "on"));
        }
    }

    private static void switchOffloads(String port, List<String> offloads, String state)
            throws PortUnavailableException {
        List<String> command = new ArrayList<>(List.of("ethtool", "-K", port));
        for (String offload : offloads) {
            command.add(shortName(offload));
            command.add(state);
        }
        SystemCommand.run(command.toArray(String[]::new));
    }

    private static String shortName(String offload) {
        return switch (offload) {
            case "rx-checksumming" -> "rx";
            case "tx-checksumming" -> "tx";
            case "tcp-segmentation-offload" -> "tso";
            case "generic-segmentation-offload" -> "gso";
            case "generic-receive-offload" -> "gro";
            default -> "lro";
        };
    }
}
