package net.testudo.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.testudo.lab.Commands;
import net.testudo.lab.LabException;

/// Keys and passwords of one demo, drawn for it.
///
/// @param sshKey file of the user's private SSH key; the public one is beside it, with `.pub`
/// @param password of the user, for NETCONF
/// @param authentication passphrase of the user, for SNMP
/// @param privacy passphrase of the user, for SNMP
/// @param joinKeys of the devices in order, hexadecimal
public record Secrets(Path sshKey, String password, String authentication, String privacy, List<String> joinKeys) {
    /// The user for which they are.
    public static final String USER = "admin";

    private static final int PASSWORD_OCTETS = 12;
    private static final int JOIN_KEY_OCTETS = 32;

    public Secrets {
        joinKeys = List.copyOf(joinKeys);
    }

    /// Draws them.
    ///
    /// @param directory readable by its owner only
    public static Secrets draw(Path directory, int devices) {
        SecureRandom random = new SecureRandom();
        Path sshKey = directory.resolve("ssh-key");
        Commands.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", USER, "-f", sshKey.toString()));
        List<String> joinKeys = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            joinKeys.add(draw(random, JOIN_KEY_OCTETS));
        }
        return new Secrets(
                sshKey,
                draw(random, PASSWORD_OCTETS),
                draw(random, PASSWORD_OCTETS),
                draw(random, PASSWORD_OCTETS),
                joinKeys);
    }

    private static String draw(SecureRandom random, int octets) {
        byte[] drawn = new byte[octets];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /// File of the public SSH key.
    public Path publicKey() {
        return sshKey.resolveSibling(sshKey.getFileName() + ".pub");
    }

    /// The public SSH key as OpenSSH writes it.
    public String publicKeyText() {
        try {
            return Files.readString(publicKey()).strip();
        } catch (IOException e) {
            throw new LabException("cannot read " + publicKey() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "Secrets[sshKey=" + sshKey + ", everything else is secret]";
    }
}
