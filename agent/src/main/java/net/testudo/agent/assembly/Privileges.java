package net.testudo.agent.assembly;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the agent's process is not allowed although the element's is: everything but ports below 1024. The tool is
/// `setpriv` of util-linux, since capabilities have to go before the JVM starts.
final class Privileges {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String EFFECTIVE = "CapEff:";
    /// Numbers of linux/capability.h.
    private static final int SETPCAP = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Privileges.class);

    private Privileges() {}

    /// The words that stand before a command which is to have no more than it needs.
    ///
    /// @param files that the command reads: where their owner is another user who lets nobody in, as in a home
    ///     directory, it needs the right to read them nevertheless
    static List<String> drop(List<String> files) throws IOException {
        if (!holds(SETPCAP)) {
            return List.of("setpriv", "--no-new-privs", "--inh-caps=-all", "--ambient-caps=-all");
        }
        List<String> least = only("+net_bind_service");
        if (reads(least, files)) {
            return least;
        }
        LOG.warn("the agent may read all files, since its program lies where only another user may read:"
                + " install it in a directory that all may read, such as /opt");
        return only("+net_bind_service,+dac_read_search");
    }

    private static List<String> only(String capabilities) {
        return List.of(
                "setpriv", "--no-new-privs", "--inh-caps=-all," + capabilities, "--bounding-set=-all," + capabilities);
    }

    private static boolean reads(List<String> rights, List<String> files) throws IOException {
        List<String> command = new ArrayList<>(rights);
        command.addAll(List.of("sh", "-c", "for f; do [ -r \"$f\" ] || exit 1; done", "sh"));
        command.addAll(files);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the agent's rights were tried");
        }
    }

    private static boolean holds(int capability) {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(EFFECTIVE)) {
                    String mask = line.substring(EFFECTIVE.length()).strip();
                    return (Long.parseUnsignedLong(mask, 16) >>> capability & 1) == 1;
                }
            }
        } catch (IOException e) {
            LOG.warn("the rights of this process are not known: {}", e.getMessage());
        }
        return false;
    }
}
