package net.testudo.yang;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Runs yanglint (Debian package libyang-tools) on the modules of this directory.
final class Yanglint {
    private static final Path MODULES = Path.of("src/main/yang");
    private static final List<String> IMPORTED = List.of(
            "ietf-netconf@2011-06-01",
            "ietf-netconf-acm@2018-02-14",
            "ietf-inet-types@2013-07-15",
            "ietf-yang-types@2013-07-15",
            "iana-crypt-hash@2014-08-06",
            "iana-ssh-encryption-algs@2024-10-16",
            "iana-ssh-key-exchange-algs@2024-10-16",
            "iana-ssh-mac-algs@2024-10-16",
            "iana-ssh-public-key-algs@2024-10-16",
            "iana-tls-cipher-suite-algs@2024-10-16",
            "ietf-crypto-types@2024-10-10",
            "ietf-datastores@2018-02-14",
            "ietf-keystore@2024-10-10",
            "ietf-netconf-server@2024-08-14",
            "ietf-restconf@2017-01-26",
            "ietf-ssh-common@2024-10-10",
            "ietf-ssh-server@2024-10-10",
            "ietf-tcp-client@2024-10-10",
            "ietf-tcp-common@2024-10-10",
            "ietf-tcp-server@2024-10-10",
            "ietf-tls-common@2024-10-10",
            "ietf-tls-server@2024-10-10",
            "ietf-truststore@2024-10-10",
            "ietf-x509-cert-to-name@2014-12-10",
            "ietf-yang-patch@2017-02-22");

    private final Path imported;

    /// @param imported an empty directory for the modules that ours import
    Yanglint(Path imported) throws IOException {
        this.imported = imported;
        for (String module : IMPORTED) {
            try (InputStream text = Objects.requireNonNull(
                    Yanglint.class.getResourceAsStream("/META-INF/yang/" + module + ".yang"), module)) {
                Files.copy(text, imported.resolve(module + ".yang"));
            }
        }
    }

    /// Names of our modules, ascending.
    static List<String> modules() {
        try (Stream<Path> files = Files.list(MODULES)) {
            return files.map(file -> file.getFileName().toString().replace(".yang", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What yanglint says of `module`, its complaints included; null-free, without trailing blanks.
    ///
    /// @throws AssertionError if yanglint is missing or refuses the module
    String run(String module, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("yanglint", "-p", MODULES.toString(), "-p", imported.toString()));
        command.addAll(List.of(options));
        command.add(MODULES.resolve(module + ".yang").toString());
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new AssertionError("yanglint is missing: install the Debian package libyang-tools", e);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("yanglint refuses " + module + ":\n" + output);
        }
        return output.stripTrailing();
    }
}
