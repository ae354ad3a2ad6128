package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.testudo.lab.Await;
import net.testudo.lab.Commands;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// NETCONF over TLS at the cluster's address, and the call to a management station, go on at the next master.
class TransportsIT {
    private static final String MODULE = "urn:ietf:params:xml:ns:yang:ietf-netconf-server";
    private static final String CLUSTER = Network.INSIDE.address(Topology.CLUSTER_HOST);
    private static final String STATION = Network.INSIDE.address(Topology.NMS_HOST);
    private static final String STATION_PORT = "4334";

    private final DeviceLab lab = DeviceLab.open(3);

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private String file(String name) {
        return lab.lab().directory().resolve(name).toString();
    }

    private String base64(String name) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file(name))));
    }

    /// Makes a certificate, which signs itself, and its key.
    private void certificate(String name) {
        String make = """
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=%1$s \
                -keyout %1$s.key -out %1$s.crt \
                && openssl crl2pkcs7 -nocrl -certfile %1$s.crt -outform DER -out %1$s.p7 \
                && openssl pkcs8 -topk8 -nocrypt -in %1$s.key -outform DER -out %1$s.p8""".formatted(name);
        Commands.run(List.of("sh", "-c", "cd " + lab.lab().directory() + " && " + make + " 2>&1"));
    }

    private String configuration() throws IOException {
        String key = base64("server.p8");
        String server = base64("server.p7");
        String operator = base64("operator.p7");
        return """
                <netconf-server xmlns='%s'>
                  <listen><endpoints><endpoint><name>tls</name><tls>
                    <tcp-server-parameters><local-bind><local-address>%s</local-address></local-bind>
                    </tcp-server-parameters>
                    <tls-server-parameters>
                      <server-identity><certificate><inline-definition>
                        <private-key-format xmlns:ct='urn:ietf:params:xml:ns:yang:ietf-crypto-types'
                          >ct:one-asymmetric-key-format</private-key-format>
                        <cleartext-private-key>%s</cleartext-private-key><cert-data>%s</cert-data>
                      </inline-definition></certificate></server-identity>
                      <client-authentication><ee-certs><inline-definition><certificate><name>operator</name>
                        <cert-data>%s</cert-data></certificate></inline-definition></ee-certs></client-authentication>
                    </tls-server-parameters>
                    <netconf-server-parameters><client-identity-mappings><cert-to-name><id>1</id>
                      <map-type xmlns:x='urn:ietf:params:xml:ns:yang:ietf-x509-cert-to-name'>x:common-name</map-type>
                    </cert-to-name></client-identity-mappings></netconf-server-parameters>
                  </tls></endpoint></endpoints></listen>
                  <call-home><netconf-client><name>station</name>
                    <endpoints><endpoint><name>inside</name><ssh><tcp-client-parameters>
                      <remote-address>%s</remote-address></tcp-client-parameters></ssh></endpoint></endpoints>
                    <connection-type><persistent/></connection-type>
                    <reconnect-strategy><max-wait>1</max-wait></reconnect-strategy>
                  </netconf-client></call-home>
                </netconf-server>""".formatted(MODULE, CLUSTER, key, server, operator, STATION);
    }

    /// Reads a configuration over TLS, as the operator.
    private void readOverTls() {
        List<String> command = List.of(
                "openssl",
                "s_client",
                "-quiet",
                "-verify_return_error",
                "-CAfile",
                file("server.crt"),
                "-connect",
                CLUSTER + ":6513",
                "-cert",
                file("operator.crt"),
                "-key",
                file("operator.key"));
        try (RawNetconf session = Await.until(
                "NETCONF over TLS",
                DeviceLab.LIMIT,
                () -> RawNetconf.begin(
                        lab.lab().startPiped("tls", lab.topology().nms(), command)),
                RawNetconf::isOpen)) {
            String read = session.rpc(RawNetconf.getConfig("running"));
            assertTrue(read.contains("<name>bad-input</name>"), read);
        }
    }

    private BufferedReader station() throws IOException {
        Path script = Path.of(file("called-station.py"));
        try (InputStream source = Objects.requireNonNull(TransportsIT.class.getResourceAsStream("called-station.py"))) {
            Files.copy(source, script);
        }
        List<String> command =
                List.of("/usr/bin/python3", script.toString(), STATION, STATION_PORT, "admin", file("ssh-key"));
        return lab.lab().startPiped("station", lab.topology().nms(), command).inputReader();
    }

    private static String next(BufferedReader said) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(said.readLine());
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .get(DeviceLab.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void bothGoOnAtTheNextMaster() throws Exception {
        certificate("server");
        certificate("operator");
        for (int device = 1; device <= 3; device++) {
            lab.start(device);
        }
        try (RawNetconf session = lab.form(List.of("A2", "A3"));
                BufferedReader station = station()) {
            assertEquals("waits", next(station));
            Await.until(
                    "three members",
                    DeviceLab.LIMIT,
                    () -> session.rpc(RawNetconf.state("<member><state><in-sync/></state></member>")),
                    state -> state.split("<in-sync>true", -1).length == 4);
            session.ok(RawNetconf.edit(configuration()));
            session.ok("<commit/>");
            String called = next(station);
            assertTrue(called.startsWith(CLUSTER + " "), called);
            readOverTls();

            lab.process(1).kill();
            assertEquals(called, next(station), "the next master calls with the same host key");
            readOverTls();
        }
    }
}
