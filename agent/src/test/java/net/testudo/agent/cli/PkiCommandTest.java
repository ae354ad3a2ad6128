package net.testudo.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import net.testudo.agent.keystore.DeviceCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PkiCommandTest {
    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();

    private int pki(String... arguments) {
        CommandLine command = new CommandLine(new PkiCommand());
        return command.setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void anAuthoritySignsForADevice() throws Exception {
        assertEquals(0, pki("ca", "--dir", directory.toString(), "--name", "lab"));
        assertEquals(0, pki("device", "A1", "--dir", directory.toString()));
        assertEquals("rw-------", rights(file("ca.key")));
        assertEquals("rw-------", rights(file("A1.key")));
        DeviceCredentials credentials = DeviceCredentials.read("A1", file("A1.crt"), file("A1.key"), file("ca.crt"));
        X509Certificate own = credentials.chain().getFirst();
        own.verify(credentials.authorities().getFirst().getPublicKey());
        assertEquals("CN=lab", own.getIssuerX500Principal().getName());
        assertEquals(-1, own.getBasicConstraints());
        assertEquals(0, credentials.authorities().getFirst().getBasicConstraints());
    }

    @Test
    void openSslAcceptsTheCertificate() throws Exception {
        pki("ca", "--dir", directory.toString());
        pki("device", "A1", "--dir", directory.toString());
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-CAfile",
                        file("ca.crt").toString(),
                        file("A1.crt").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, openssl.waitFor(), said);
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        pki("ca", "--dir", directory.toString());
        byte[] before = Files.readAllBytes(file("ca.key"));
        assertEquals(1, pki("ca", "--dir", directory.toString()));
        assertEquals(0, java.util.Arrays.compare(before, Files.readAllBytes(file("ca.key"))));
        assertEquals(0, pki("join-key", file("key").toString()));
        assertTrue(Files.readString(file("key")).matches("[0-9a-f]{64}\n"));
        assertEquals("rw-------", rights(file("key")));
        assertEquals(1, pki("join-key", file("key").toString()));
    }

    @Test
    void filesThatDoNotFitAreNamed() throws Exception {
        pki("ca", "--dir", directory.toString());
        pki("device", "A1", "--dir", directory.toString());
        pki("device", "A2", "--dir", directory.toString());
        assertRefused("A2.crt is a certificate of device A2, not of A1", "A2.crt", "A2.key");
        assertRefused("the key in " + file("A2.key") + " is not that of the certificate in", "A1.crt", "A2.key");
        assertRefused("A1.crt holds no private key", "A1.crt", "A1.crt");
        assertRefused("ca.key holds no certificate in PEM form", "ca.key", "A1.key");
    }

    private void assertRefused(String message, String certificate, String key) {
        IOException refusal = assertThrows(
                IOException.class, () -> DeviceCredentials.read("A1", file(certificate), file(key), file("ca.crt")));
        assertTrue(refusal.toString().contains(message), refusal.toString());
    }

    @Test
    void wrongUseEndsWithStatusTwo() {
        assertEquals(2, pki());
        assertTrue(errors.toString().contains("there are: ca, device, join-key"), errors.toString());
        assertEquals(2, pki("device", "../A1", "--dir", directory.toString()));
        assertEquals(1, pki("device", "A1", "--dir", directory.toString()));
    }
}
