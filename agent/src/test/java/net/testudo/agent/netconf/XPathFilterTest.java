package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.TestModels;
import net.testudo.agent.datastore.Xml;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/// The functions of YANG in filters of get, get-config, get-data and create-subscription, by OpenSSH.
@Timeout(120)
final class XPathFilterTest {
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final String SYSTEM = "urn:testudo:yang:testudo-system";
    private static final String NACM = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm";
    private static final String PREFIXES = " xmlns:c='" + CLUSTER + "' xmlns:s='" + SYSTEM + "' xmlns:a='" + NACM + "'"
            + " xmlns:m='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'"
            + " xmlns:n='urn:ietf:params:xml:ns:yang:ietf-netconf-notifications'"
            + " xmlns:d='urn:ietf:params:xml:ns:yang:ietf-datastores'"
            + " xmlns:l='urn:ietf:params:xml:ns:yang:ietf-yang-library'";
    private static final String CONFIG = """
            <cluster xmlns='%s'>
              <data-network><name>in</name><address>192.0.2.1/24</address></data-network>
              <data-network><name>out</name><address>198.51.100.1/24</address></data-network>
              <local-network>out</local-network>
            </cluster>
            <system xmlns='%s'>
              <user><name>first</name><role>admin</role></user>
              <user><name>second</name><role>read-only</role></user>
            </system>
            <nacm xmlns='%s'><rule-list><name>l</name><group>*</group>
              <rule><name>all</name><access-operations>*</access-operations><action>deny</action></rule>
              <rule><name>change</name><access-operations>create delete</access-operations><action>deny</action></rule>
            </rule-list></nacm>""".formatted(CLUSTER, SYSTEM, NACM);
    private static final Pattern TEXT = Pattern.compile(">([^<>]+)</");

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private RawSession session;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new TestServer(directory);
        session = server.ssh();
        session.hello("1.0");
        session.ok(RawSession.edit(CONFIG));
    }

    @AfterEach
    void stop() {
        session.close();
        server.close();
    }

    private static String escaped(String expression) {
        return expression.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private String getData(String datastore, String expression) throws IOException {
        return session.ask("<get-data xmlns='" + DataReads.NAMESPACE + "'><datastore xmlns:ds='"
                + "urn:ietf:params:xml:ns:yang:ietf-datastores'>ds:" + datastore + "</datastore><xpath-filter"
                + PREFIXES
                + ">" + escaped(expression) + "</xpath-filter></get-data>");
    }

    private static String filter(String expression) {
        return "<filter type='xpath'" + PREFIXES + " select=\"" + escaped(expression) + "\"/>";
    }

    /// The values in a reply, without keys on the way.
    private static String values(String reply) {
        Matcher matcher = TEXT.matcher(reply);
        return matcher.results().map(text -> text.group(1)).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
                    deref(//c:local-network)                              => out
                    deref(//c:local-network)/../c:address                 => out,198.51.100.1/24
                    //c:data-network[re-match(c:address, '192\\..*')]     => in,192.0.2.1/24
                    //s:user[enum-value(s:role) = 1]                      => second,read-only
                    //a:rule[bit-is-set(a:access-operations, 'delete')]/a:name  => l,change
                    //c:data-network[c:name = current()//c:local-network] => out,198.51.100.1/24
                    deref(//s:name)                                       => ``
                    """)
    void configurationIsFiltered(String expression, String values) throws IOException {
        assertEquals(values, values(getData("candidate", expression)));
        assertEquals(
                values,
                values(session.ask(
                        "<get-config><source><candidate/></source>" + filter(expression) + "</get-config>")));
    }

    @Test
    void identitiesHaveThePrefixesOfTheRequest() throws IOException {
        String schema = "//m:schema[m:identifier='testudo-types' and %s]/m:identifier";
        for (String yes : new String[] {
            "derived-from(m:format, 'm:schema-format')",
            "derived-from-or-self(m:format, 'm:yang')",
            "m:format = 'm:yang'"
        }) {
            assertTrue(
                    session.ask("<get>" + filter(schema.formatted(yes)) + "</get>")
                            .contains("<identifier>testudo-types<"),
                    yes);
        }
        for (String no : new String[] {
            "derived-from(m:format, 'm:yang')", "derived-from-or-self(m:format, 'm:yin')", "m:format != 'm:yang'"
        }) {
            assertFalse(
                    session.ask("<get>" + filter(schema.formatted(no)) + "</get>")
                            .contains("testudo-types"),
                    no);
        }
        assertEquals(
                "ietf-datastores:operational",
                values(getData("operational", "//l:datastore/l:name[derived-from-or-self(., 'd:operational')]")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
                    //c:none[frob()]                     => there is no function frob()
                    //c:none[evaluate('1')]              => there is no function evaluate()
                    //c:none[enum-value()]               => enum-value() has 1 argument, not 0
                    //c:none[deref('a')]                 => the first argument of deref() is a set of nodes
                    //x:none                             => the prefix 'x' is not declared
                    //c:none[derived-from(., 'x:yang')]  => the prefix of the identity 'x:yang' is not declared
                    //c:none[derived-from(., 'yang')]    => the identity 'yang' needs a prefix
                    //c:none[derived-from(., 'm:yank')]  => there is no identity 'm:yank'
                    //c:none[re-match(., '[')]           => '[' is no regular expression of XML Schema
                    """)
    void whatIsWrongIsSaidAlsoIfThereIsNoData(String expression, String message) throws IOException {
        String whole = "the XPath expression cannot be evaluated: " + message;
        String read = getData("running", expression);
        assertTrue(read.contains("<error-tag>invalid-value<"), read);
        assertTrue(read.contains("<bad-element>xpath-filter<"), read);
        assertTrue(read.contains(whole), read);
        String subscribed = session.ask("<create-subscription xmlns='" + SubscriptionRequest.NAMESPACE + "'>"
                + filter(expression) + "</create-subscription>");
        assertTrue(subscribed.contains("<error-tag>invalid-value<"), subscribed);
        assertTrue(subscribed.contains("<bad-element>filter<"), subscribed);
        assertTrue(subscribed.contains("<bad-attribute>select<"), subscribed);
        assertTrue(subscribed.contains(whole), subscribed);
    }

    @Test
    void notificationsAreFilteredByTheirTypes() throws IOException {
        session.ok("<create-subscription xmlns='" + SubscriptionRequest.NAMESPACE + "'>"
                + filter("/n:netconf-session-end[enum-value(n:termination-reason) = 0]") + "</create-subscription>");
        try (RawSession killed = server.ssh();
                RawSession closed = server.ssh()) {
            String id = killed.hello("1.0").replaceAll("(?s)^.*<session-id>|</session-id>.*$", "");
            closed.hello("1.0");
            killed.ask("<validate><source><candidate/></source></validate>");
            closed.ask("<validate><source><candidate/></source></validate>");
            closed.ok("<kill-session><session-id>" + id + "</session-id></kill-session>");
            closed.ok("<close-session/>");
        }
        String told = session.until(RawSession.EOM);
        assertTrue(told.contains("<termination-reason>closed<"), told);
    }

    private static Element users(int count) throws CanonicalFormException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("/testudo-system:system/user[name='").append(i).append("']/role = admin\n");
        }
        Element data = Xml.root(Xml.BASE, "data");
        new CanonicalXml(TestModels.PRODUCT).append(data, lines.toString());
        return data;
    }

    private static void apply(String expression, Element data) throws RpcException {
        Element leaf = Xml.root(DataReads.NAMESPACE, "xpath-filter");
        leaf.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:s", SYSTEM);
        leaf.setTextContent(expression);
        XPathFilter.ofLeaf(TestModels.PRODUCT, leaf).apply(data, DataFilter.UNBOUNDED);
    }

    /// One looks at characters without an end, the other has a new regular expression for each node.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//s:user[re-match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(((a+)+)+)+')]",
                "//s:user[re-match('', s:name)]"
            })
    void regularExpressionsAreWork(String expression) throws CanonicalFormException {
        Element data = users(2_000);
        RpcError error = assertThrows(RpcException.class, () -> apply(expression, data))
                .errors()
                .getFirst();
        assertEquals("invalid-value", error.tag());
        assertTrue(error.message().contains("it takes more than"), error.message());
    }

    /// Once, a path of two steps looked for each entry through all that follow: too many for a long
    /// list.
    @Test
    void aLongListIsSelected() throws CanonicalFormException, RpcException {
        Element data = users(8_000);
        apply("/s:system/s:user/s:name", data);
        assertEquals(8_000, data.getElementsByTagNameNS(SYSTEM, "name").getLength());
        assertEquals(0, data.getElementsByTagNameNS(SYSTEM, "role").getLength());
    }
}
