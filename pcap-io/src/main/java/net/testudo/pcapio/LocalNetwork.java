package net.testudo.pcapio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.MacAddress;
import org.jspecify.annotations.Nullable;

/// Gives the kernel's end of the TAP the cluster address of the local network, so that servers on this device can
/// bind to it, on every device at all times; whether frames pass is decided by the element.
///
/// - The address stands on the TAP as /32, so no route to the network comes with it.
/// - What is sent *from* the address leaves by the TAP, wherever it goes: a rule for the source address with a table
///   of its own, whose only route is the TAP. Other traffic of the device is not touched.
/// - That route has a gateway which is nobody's address, and a permanent neighbour entry for it: the kernel never
///   asks ARP on the TAP. Every frame that leaves by the TAP carries [#ELEMENT_MAC] as destination and the
///   TAP's MAC as source; frames to the TAP carry the TAP's MAC as destination, and any source.
/// - The address answers on no other port: neither ARP (`arp_ignore`) nor packets (nft `input` hook).
///
/// Used by one thread.
public final class LocalNetwork implements AutoCloseable {
    /// The destination of every frame that the kernel sends into the TAP.
    public static final MacAddress ELEMENT_MAC = new MacAddress(0x02_54_45_53_54_01L);

    /// Link-local (RFC 3927) and known on the TAP only.
    private static final String GATEWAY = "169.254.84.1";

    private static final String ROUTE_TABLE = "8484";
    private static final String RULE_PREFERENCE = "8484";
    private static final String FILTER_TABLE = "testudo-local";

    private final String tap;
    private @Nullable Ipv4Address address;

    private LocalNetwork(String tap) {
        this.tap = tap;
    }

    /// Switches the TAP on; it has no address yet.
    ///
    /// @throws PortUnavailableException if a tool or a right is missing
    public static LocalNetwork on(TapPort tap) throws PortUnavailableException {
        LocalNetwork network = new LocalNetwork(tap.name());
        network.set("ipv6/conf/" + tap.name() + "/disable_ipv6", "1");
        network.set("ipv4/conf/all/arp_ignore", "1");
        // A namespace whose loopback was never up has no local table yet, and takes no gateway then.
        SystemCommand.run("ip", "link", "set", "dev", "lo", "up");
        SystemCommand.run("ip", "link", "set", "dev", tap.name(), "up");
        return network;
    }

    /// Replaces the address.
    ///
    /// @param newAddress null for none
    /// @throws PortUnavailableException if the system refuses it
    public void assign(@Nullable Ipv4Address newAddress) throws PortUnavailableException {
        if (Objects.equals(address, newAddress)) {
            return;
        }
        removeAddress();
        if (newAddress != null) {
            String text = newAddress.toString();
            restrictToTap(text);
            removeRules();
            SystemCommand.run("ip", "rule", "add", "from", text, "lookup", ROUTE_TABLE, "pref", RULE_PREFERENCE);
            SystemCommand.run("ip", "address", "replace", text + "/32", "dev", tap);
            leaveByTap();
            address = newAddress;
        }
    }

    /// With the last address of the TAP, the kernel forgets the routes and neighbours there.
    private void leaveByTap() throws PortUnavailableException {
        SystemCommand.run(
                "ip",
                "neighbour",
                "replace",
                GATEWAY,
                "lladdr",
                ELEMENT_MAC.toString(),
                "nud",
                "permanent",
                "dev",
                tap);
        SystemCommand.run(
                "ip", "route", "replace", "default", "via", GATEWAY, "dev", tap, "onlink", "table", ROUTE_TABLE);
    }

    /// Removes the address, its rule and its filter; the TAP itself goes with its port.
    @Override
    public void close() {
        try {
            removeAddress();
        } catch (PortUnavailableException _) {
            // the TAP went away before us, and what was set on it with it
        }
    }

    private void removeAddress() throws PortUnavailableException {
        Ipv4Address old = address;
        if (old == null) {
            return;
        }
        address = null;
        SystemCommand.run("ip", "address", "delete", old + "/32", "dev", tap);
        removeRules();
        SystemCommand.run("nft", "delete", "table", "inet", FILTER_TABLE);
    }

    /// A killed process leaves its rule behind: the TAP is gone, the rule is not.
    private void removeRules() throws PortUnavailableException {
        long count = SystemCommand.run("ip", "rule", "list", "pref", RULE_PREFERENCE)
                .lines()
                .count();
        for (long i = 0; i < count; i++) {
            SystemCommand.run("ip", "rule", "delete", "pref", RULE_PREFERENCE);
        }
    }

    private void restrictToTap(String text) throws PortUnavailableException {
        SystemCommand.runWithInput("""
                add table inet %1$s
                delete table inet %1$s
                table inet %1$s {
                    chain input {
                        type filter hook input priority 0; policy accept;
                        ip daddr %2$s iifname != { "lo", "%3$s" } drop
                    }
                }
                """.formatted(FILTER_TABLE, text, tap), "nft", "-f", "-");
    }

    private void set(String key, String value) throws PortUnavailableException {
        Path setting = Path.of("/proc/sys/net", key);
        try {
            if (Files.exists(setting)) {
                Files.writeString(setting, value);
            }
        } catch (IOException e) {
            throw new PortUnavailableException(
                    "port " + tap + ": " + setting + " is not writable: run as root, with /proc/sys mounted read-write",
                    e);
        }
    }
}
