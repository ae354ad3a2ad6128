package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.TestModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The operations of RFC 8526 and the library of RFC 8525, by OpenSSH.
@Timeout(120)
final class NmdaTest {
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final String TIMING = "<t:cluster xmlns:t='" + CLUSTER + "'><t:timing/></t:cluster>";
    private static final String CONFIG = "<cluster xmlns='" + CLUSTER + "'><name>demo</name>"
            + "<timing><dead-time>100</dead-time></timing></cluster>";
    private static final Pattern ID = Pattern.compile("content-id=([0-9a-f]+)");

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private RawSession session;

    @SuppressWarnings("NullAway.Init")
    private String hello;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new TestServer(directory);
        session = server.ssh();
        hello = session.hello("1.0");
        assertTrue(editData("candidate", CONFIG).contains("<ok/>"));
        assertTrue(session.ask("<commit/>").contains("<ok/>"));
    }

    @AfterEach
    void stop() {
        session.close();
        server.close();
    }

    private static String operation(String name, String datastore, String more) {
        return "<" + name + " xmlns='" + DataReads.NAMESPACE + "'"
                + " xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'"
                + " xmlns:or='urn:ietf:params:xml:ns:yang:ietf-origin'><datastore>ds:" + datastore + "</datastore>"
                + more + "</" + name + ">";
    }

    private String editData(String datastore, String config) throws IOException {
        return session.ask(operation("edit-data", datastore, "<config>" + config + "</config>"));
    }

    private String getData(String datastore, String more) throws IOException {
        return session.ask(operation("get-data", datastore, more));
    }

    /// The content of `timing` in a reply, without namespaces.
    private static String timing(String reply) {
        return reply.replaceAll(" xmlns(:[a-z]+)?=\"[^\"]*\"", "").replaceAll("^.*?<timing[^>]*>|</timing>.*$", "");
    }

    private static String filter() {
        return "<subtree-filter>" + TIMING + "</subtree-filter>";
    }

    @Test
    void theOperationalDatastoreHasWhatIsInUseWithItsOrigin() throws IOException {
        String reply = getData("operational", filter() + "<with-origin/>");
        assertTrue(reply.contains("xmlns:or=\"urn:ietf:params:xml:ns:yang:ietf-origin\""), reply);
        assertTrue(reply.contains("<cluster or:origin=\"or:intended\""), reply);
        assertEquals(
                "<dead-time>100</dead-time><voter-hold or:origin=\"or:default\">60</voter-hold>"
                        + "<commit-timeout or:origin=\"or:default\">2</commit-timeout>",
                timing(reply));
        assertFalse(getData("operational", filter()).contains("or:"));
    }

    @Test
    void conventionalDatastoresHaveWhatWasSet() throws IOException {
        for (String datastore : new String[] {"running", "intended", "candidate"}) {
            String reply = getData(datastore, filter());
            assertEquals("<dead-time>100</dead-time>", timing(reply));
            assertFalse(getData(datastore, "").contains("netconf-state"), "there is no state in it");
        }
        String all = getData("running", filter() + "<with-defaults>report-all</with-defaults>");
        assertTrue(timing(all).contains("<voter-hold>60</voter-hold>"), all);
    }

    @ParameterizedTest
    @CsvSource({
        "<origin-filter>or:intended</origin-filter>, true, false",
        "<origin-filter>or:default</origin-filter>, false, true",
        "<origin-filter>or:default</origin-filter><origin-filter>or:intended</origin-filter>, true, true",
        "<origin-filter>or:origin</origin-filter>, true, true",
        "<origin-filter>or:learned</origin-filter>, false, false",
        "<negated-origin-filter>or:default</negated-origin-filter>, true, false",
        "<negated-origin-filter>or:intended</negated-origin-filter>, false, true"
    })
    void originsAreFiltered(String filters, boolean intended, boolean defaults) throws IOException {
        String reply = getData("operational", filter() + filters);
        assertEquals(intended, reply.contains("<dead-time>"), reply);
        assertEquals(defaults, reply.contains("<voter-hold>"), reply);
        assertTrue(
                getData("operational", filters).contains("<netconf-state"), "state has no origin and is not filtered");
    }

    @Test
    void configurationAndStateAreToldApart() throws IOException {
        String state = getData("operational", "<config-filter>false</config-filter>");
        assertTrue(state.contains("<netconf-state"), state);
        assertFalse(state.contains("<dead-time>"), state);
        String configuration = getData("operational", "<config-filter>true</config-filter>");
        assertFalse(configuration.contains("<netconf-state"), configuration);
        assertTrue(configuration.contains("<dead-time>"), configuration);
        assertFalse(getData("running", "<config-filter>false</config-filter>").contains("<cluster"));
    }

    @Test
    void theDepthIsCountedFromWhatIsSelected() throws IOException {
        assertFalse(getData("running", "<max-depth>1</max-depth>").contains("<name>"));
        String two = getData("running", "<max-depth>2</max-depth>");
        assertTrue(two.contains("<name>demo</name>"), two);
        assertTrue(two.contains("<timing/>"), two);
        assertEquals("<dead-time>100</dead-time>", timing(getData("running", filter() + "<max-depth>2</max-depth>")));
        assertTrue(getData("running", filter() + "<max-depth>1</max-depth>").contains("<timing/>"));
        String entry = getData(
                "operational",
                "<xpath-filter xmlns:t='" + CLUSTER + "'>/t:cluster/t:member</xpath-filter><max-depth>1</max-depth>");
        assertTrue(entry.contains("<member><serial>A1</serial></member>"), "an entry keeps its key: " + entry);
        assertTrue(getData("running", "<max-depth>0</max-depth>").contains("invalid-value"));
    }

    @Test
    void anXPathFilterSelects() throws IOException {
        String reply =
                getData("running", "<xpath-filter xmlns:t='" + CLUSTER + "'>//t:dead-time[. &gt; 50]</xpath-filter>");
        assertEquals("<dead-time>100</dead-time>", timing(reply));
        String bad = getData("running", "<xpath-filter>1 + 1</xpath-filter>");
        assertTrue(bad.contains("invalid-value"), bad);
        assertTrue(bad.contains("<bad-element>xpath-filter</bad-element>"), bad);
    }

    @ParameterizedTest
    @CsvSource({
        "startup, ''",
        "running, <with-origin/>",
        "running, <origin-filter>or:intended</origin-filter>",
        "operational, <max-depth>none</max-depth>",
        "operational, <origin-filter>or:nowhere</origin-filter>",
        "operational, <config-filter>perhaps</config-filter>"
    })
    void whatIsNotValidIsRefused(String datastore, String more) throws IOException {
        String reply = getData(datastore, more);
        assertTrue(reply.contains("<error-tag>invalid-value</error-tag>"), reply);
    }

    @Test
    void onlyTheCandidateIsEdited() throws IOException {
        for (String datastore : new String[] {"running", "operational", "intended", "startup"}) {
            String reply = editData(datastore, CONFIG);
            assertTrue(reply.contains("<error-tag>invalid-value</error-tag>"), reply);
        }
        String replaced = session.ask(operation(
                "edit-data",
                "candidate",
                "<default-operation>replace</default-operation><config><cluster xmlns='" + CLUSTER
                        + "'><name>other</name></cluster></config>"));
        assertTrue(replaced.contains("<ok/>"), replaced);
        String candidate = getData("candidate", "");
        assertTrue(candidate.contains("<name>other</name>"), candidate);
        assertFalse(candidate.contains("<dead-time>"), candidate);
    }

    @Test
    void locksAndValidationTakeDatastoresToo() throws IOException {
        String target = "<datastore xmlns='" + DataReads.NAMESPACE
                + "' xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'>ds:%s</datastore>";
        String running = target.formatted("running");
        assertTrue(session.ask("<lock><target>" + running + "</target></lock>").contains("<ok/>"));
        String held =
                session.ask("<get><filter><netconf-state xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                        + "<datastores/></netconf-state></filter></get>");
        assertTrue(held.contains("<name>running</name><locks>"), held);
        assertTrue(
                session.ask("<unlock><target>" + running + "</target></unlock>").contains("<ok/>"));
        assertTrue(session.ask("<validate><source>" + target.formatted("candidate") + "</source></validate>")
                .contains("<ok/>"));
        String refused = session.ask("<lock><target>" + target.formatted("operational") + "</target></lock>");
        assertTrue(refused.contains("<error-tag>invalid-value</error-tag>"), refused);
    }

    @Test
    void theLibraryListsWhatIsHere() throws IOException {
        Matcher id = ID.matcher(hello);
        assertTrue(id.find(), hello);
        String library = getData(
                "operational",
                "<subtree-filter><l:yang-library xmlns:l='urn:ietf:params:xml:ns:yang:ietf-yang-library'/>"
                        + "</subtree-filter>");
        assertTrue(library.contains("<content-id>" + id.group(1) + "</content-id>"), library);
        assertTrue(
                library.contains("<module><name>ietf-netconf</name><revision>2011-06-01</revision>"
                        + "<namespace>urn:ietf:params:xml:ns:netconf:base:1.0</namespace><feature>candidate</feature>"
                        + "<feature>confirmed-commit</feature>"
                        + "<feature>rollback-on-error</feature><feature>validate</feature><feature>xpath</feature>"),
                library);
        assertTrue(library.contains("<import-only-module><name>testudo-types</name>"), library);
        assertTrue(
                library.contains(
                        "<datastore><name xmlns:ietf-datastores=\"urn:ietf:params:xml:ns:yang:ietf-datastores\">"
                                + "ietf-datastores:operational</name><schema>all</schema></datastore>"),
                library);
    }

    /// Debian package libyang-tools.
    @ParameterizedTest
    @CsvSource({"running, config", "candidate, config", "operational, data"})
    void yanglintAcceptsWhatIsShown(String datastore, String kind) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("yanglint", "-p", directory.toString(), "-t", kind));
        for (Models.ModuleText module : TestModels.PRODUCT.modules()) {
            Path file = directory.resolve(
                    module.name() + (module.revision().isEmpty() ? "" : "@" + module.revision()) + ".yang");
            Files.writeString(file, module.text());
            command.addAll(List.of("-F", module.name() + ":" + String.join(",", module.features())));
            if (!module.importOnly()) {
                command.add(file.toString());
            }
        }
        String reply = getData(datastore, datastore.equals("operational") ? "<with-origin/>" : "");
        Path data = directory.resolve("data.xml");
        Files.writeString(
                data,
                reply.replaceAll("^.*?<data[^>]*>|</data></rpc-reply>$", "")
                        .replaceAll("or:origin=", "xmlns:or=\"urn:ietf:params:xml:ns:yang:ietf-origin\" or:origin="));
        command.add(data.toString());
        assertEquals("", server.run(command.toArray(String[]::new)));
        Files.writeString(data, Files.readString(data).replace("dead-time>", "dead-tim>"));
        assertThrows(AssertionError.class, () -> server.run(command.toArray(String[]::new)), "it looks at the data");
    }
}
