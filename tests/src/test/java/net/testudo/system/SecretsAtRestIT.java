package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.testudo.agent.keystore.HostKey;
import net.testudo.agent.store.FileStateStore;
import net.testudo.agent.store.StateLocation;
import net.testudo.lab.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What somebody finds who takes the disk of a device: nothing secret without the device key, and none of the cluster's
/// secrets with it once the device left or was reset.
class SecretsAtRestIT {
    private static final String PASSPHRASE = "a-passphrase-of-snmp";
    private static final String JOIN_KEY = "5a".repeat(32);
    private static final String HOST_KEY_PATH = "ssh/host-key = ";
    private static final String HASH = "$pbkdf2-sha512$";
    private static final List<String> OF_THE_CLUSTER = List.of(JOIN_KEY, PASSPHRASE, HASH, HOST_KEY_PATH);
    private static final String SNMP = RawNetconf.edit("""
            <system xmlns="urn:testudo:yang:testudo-system"><snmp><user><name>watcher</name>
              <authentication-passphrase>%s</authentication-passphrase>
              <privacy-passphrase>%s</privacy-passphrase></user></snmp></system>
            """.formatted(PASSPHRASE, PASSPHRASE));

    private final DeviceLab lab = DeviceLab.open(2);

    @AfterEach
    void closeLab() {
        lab.close();
    }

    @Test
    void nothingSecretIsReadableAndWhoLeavesOrIsResetKeepsNoneOfTheClusters() throws IOException {
        lab.start(1);
        lab.start(2);
        try (RawNetconf session = lab.form(List.of("A2"))) {
            // The join makes revisions of its own, and a commit that was begun before one of them is refused.
            awaitTwoInSync(session);
            session.ok(SNMP);
            session.ok("<commit/>");
            awaitTwoInSync(session);
            for (int device = 1; device <= 2; device++) {
                String opened = opened(device, "before");
                OF_THE_CLUSTER.forEach(secret -> assertTrue(opened.contains(secret), "the search is blind: " + secret));
                assertNothingInClear(device);
            }
            assertOthersMayReadNothing();

            // Else it is admitted again at once, and has the secrets again.
            session.ok(RawNetconf.edit(
                    "<cluster xmlns='urn:testudo:yang:testudo-cluster'><auto-join>false</auto-join>" + "</cluster>"));
            session.ok("<commit/>");
            String keyBefore = deviceKey(2);
            session.ok("<leave xmlns='urn:testudo:yang:testudo-cluster'><serial>A2</serial></leave>");
            assertForgotten(2, keyBefore);
        }
        String keyBefore = deviceKey(1);
        try (RawNetconf session = lab.netconf(1)) {
            session.ok("<factory-reset xmlns='urn:testudo:yang:testudo-cluster'/>");
        }
        assertForgotten(1, keyBefore);
    }

    private static void awaitTwoInSync(RawNetconf session) {
        Await.until(
                "two members",
                DeviceLab.LIMIT,
                () -> session.rpc(RawNetconf.state("<member/>")),
                members -> members.split("<in-sync>true", -1).length == 3);
    }

    private void assertForgotten(int device, String keyBefore) throws IOException {
        Await.until(
                "another device key of device " + device,
                DeviceLab.LIMIT,
                () -> deviceKey(device) + Files.exists(lab.state(device).resolve("device.key.next")),
                key -> !key.startsWith(keyBefore) && key.endsWith("false"));
        String opened = opened(device, "after");
        OF_THE_CLUSTER.forEach(secret -> assertFalse(opened.contains(secret), secret));
        assertNothingInClear(device);
    }

    private String deviceKey(int device) {
        return DeviceLab.read(lab.state(device).resolve("device.key")).strip();
    }

    /// What the state says to somebody with the device key: a copy of it is opened.
    private String opened(int device, String when) throws IOException {
        Path copy = Files.createDirectory(lab.lab().directory().resolve("copy-" + device + "-" + when));
        for (Path file : files(device)) {
            Files.copy(file, copy.resolve(file.getFileName()), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (FileStateStore store = FileStateStore.open(StateLocation.in(copy), () -> "none", () -> {})) {
            byte[] image = store.loaded().image();
            assertTrue(HostKey.parse(store.hostKey()).isPresent(), "the device's own host key");
            return image == null ? "" : new String(image, StandardCharsets.UTF_8);
        }
    }

    private List<Path> files(int device) throws IOException {
        try (Stream<Path> files = Files.list(lab.state(device))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /// Neither the cluster's secrets nor a private key, as text or as it is encoded, but for the device key itself.
    private void assertNothingInClear(int device) throws IOException {
        String anyHostKey = commonPart(HostKey.generate(), HostKey.generate());
        for (Path file : files(device)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            boolean key = file.getFileName().toString().equals("device.key");
            assertEquals(key, text.contains(deviceKey(device)), file::toString);
            for (String secret : Stream.concat(OF_THE_CLUSTER.stream(), Stream.of(anyHostKey, "PRIVATE KEY"))
                    .toList()) {
                assertFalse(text.contains(secret), () -> file + " holds " + secret);
            }
        }
    }

    /// How every host key of this product begins.
    private static String commonPart(String one, String other) {
        int length = 0;
        while (one.charAt(length) == other.charAt(length)) {
            length++;
        }
        assertTrue(length > 16, "host keys have no common beginning");
        return one.substring(0, length);
    }

    private void assertOthersMayReadNothing() throws IOException {
        for (Path file : files(1)) {
            String name = file.getFileName().toString();
            if (!List.of("format", "lock").contains(name)) {
                assertEquals("rw-------", permissions(file), name);
            }
        }
        assertEquals("rwx------", permissions(lab.lab().directory()));
    }

    private static String permissions(Path file) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
