package net.testudo.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.testudo.agent.assembly.Agent;
import net.testudo.agent.assembly.AgentSettings;
import net.testudo.agent.assembly.Northbound;
import net.testudo.agent.management.ManagementClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The verb `agent`: the servers of a device whose element runs already. The verb `device` starts it.
@Command(
        name = "agent",
        description = "Runs NETCONF and SNMP of a device whose element runs; `device` starts it by itself.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "1:cannot start: one line says why",
            "2:wrong options",
            "69:the element ended",
            "143:ended by SIGTERM, in order (130 by Ctrl-C)"
        })
final class AgentCommand implements Callable<Integer> {
    private static final int CANNOT_START = 1;
    private static final int ELEMENT_ENDED = 69;

    private final List<Northbound.Starter> starters;

    @Option(names = "--state-dir", required = true, paramLabel = "DIR", description = "The device's state directory.")
    private Path stateDirectory = Path.of("");

    @Option(
            names = "--management",
            required = true,
            paramLabel = "PORT",
            description = "The port with this device's own management address.")
    private String managementPort = "";

    @Option(names = "--admin", paramLabel = "KEY", description = "An OpenSSH public key of the first management user.")
    private List<String> adminKeys = new ArrayList<>();

    /// @param starters of the servers
    AgentCommand(List<Northbound.Starter> starters) {
        this.starters = starters;
    }

    @Override
    public Integer call() throws InterruptedException {
        Agent agent = new Agent();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(agent::close));
        try {
            AgentSettings settings = new AgentSettings(
                    stateDirectory.toAbsolutePath(), managementPort, List.copyOf(adminKeys), hostKey());
            ManagementClient element = agent.start(settings, starters);
            element.awaitEnd();
            return ELEMENT_ENDED;
        } catch (IOException e) {
            String message = e.getMessage();
            System.err.println("testudo agent: " + (message == null ? e.toString() : message));
            return CANNOT_START;
        }
    }

    /// The element holds the host key, and tells it in one line on standard input.
    private static String hostKey() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine();
        if (line == null) {
            throw new IOException("no host key on standard input: the verb device starts the agent, and tells it");
        }
        return line;
    }
}
