package net.testudo.agent.cli;

import java.util.List;
import net.testudo.agent.netconf.NetconfNorthbound;
import net.testudo.agent.snmp.SnmpNorthbound;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program of a device.
@Command(
        name = "testudo",
        description = "Firmware of a clustered network security device.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /// @param arguments a verb and its options
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .addSubcommand(new DeviceCommand())
                .addSubcommand(new PkiCommand())
                .addSubcommand(new AgentCommand(List.of(NetconfNorthbound::start, SnmpNorthbound::start)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(120)
                .setUsageHelpAutoWidth(false);
    }
}
