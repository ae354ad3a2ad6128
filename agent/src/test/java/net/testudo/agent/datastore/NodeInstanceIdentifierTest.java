package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.netconf.api.xml.XmlUtil;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Paths with prefixes, in messages and as they are kept.
final class NodeInstanceIdentifierTest {
    private static Element config(String path) {
        try {
            return XmlUtil.readXmlToElement("<config><nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm' "
                    + "xmlns:s='urn:testudo:yang:testudo-system' xmlns:x='urn:x'><rule-list><name>l</name>"
                    + "<rule><name>r</name><path>" + path + "</path></rule></rule-list></nacm></config>");
        } catch (IOException | SAXException e) {
            throw new AssertionError(e);
        }
    }

    private static String kept(String path) throws RpcException {
        Element config = config(path);
        TestModels.PRODUCT.prefixedLeaves().resolve(config);
        return config.getElementsByTagNameNS("*", "path").item(0).getTextContent();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "/, /",
                "/s:system, /testudo-system:system",
                "/s:system/s:user[s:name='a/b'], /testudo-system:system/testudo-system:user[testudo-system:name='a/b']",
                "/s:system/user[ name = \"it's\" ],"
                        + " /testudo-system:system/testudo-system:user[testudo-system:name=\"it's\"]",
                "/s:system/s:user[s:name=$USER], /testudo-system:system/testudo-system:user[testudo-system:name=$USER]",
                "/s:system/s:user/s:authorized-key[.='k'],"
                        + " /testudo-system:system/testudo-system:user/testudo-system:authorized-key[.='k']",
                "/testudo-policy:policy, /testudo-policy:policy"
            })
    void prefixesBecomeNamesOfModules(String given, String expected) throws RpcException {
        assertEquals(expected, kept(given));
        assertEquals(expected, kept(expected), "what is kept is what is sent back");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system",
                "/system",
                "/s:",
                "/s:system/",
                "/s:system/s:user[s:name='a'",
                "/s:system/s:user[s:name='a]",
                "/s:system/s:user[s:name=a]",
                "/s:system/s:user[1]",
                "/s:system/s:user[s:role='admin']",
                "/s:system/s:usr",
                "/s:system/s:user/s:name/s:more",
                "/x:system",
                "/unknown:system",
                "//s:user"
            })
    void whatIsNoPathToANodeIsRefused(String path) {
        RpcError error =
                assertThrows(RpcException.class, () -> kept(path)).errors().getFirst();
        assertEquals("invalid-value", error.tag());
        assertTrue(error.message().startsWith("in <path>: "), error.message());
    }

    @Test
    void theXmlDeclaresThePrefixes() throws CanonicalFormException {
        Element data = Xml.root(Xml.BASE, "data");
        new CanonicalXml(TestModels.PRODUCT)
                .append(
                        data,
                        "/ietf-netconf-acm:nacm/rule-list[name='l']/rule[name='r']/path = /testudo-system:system\n");
        Element path = (Element) data.getElementsByTagNameNS("*", "path").item(0);
        assertEquals("urn:testudo:yang:testudo-system", path.lookupNamespaceURI("testudo-system"));
    }
}
