package net.testudo.agent.netconf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/// Makes replies (RFC 6241 §4.2, §4.3).
final class Replies {
    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
    private static final String TESTUDO = "urn:testudo:yang:";
    private static final Pattern PREFIX = Pattern.compile("[/\\[]([A-Za-z_][A-Za-z0-9_.-]*):");

    private final Models models;

    /// @param models give the namespaces of the modules that an error-path names
    Replies(Models models) {
        this.models = models;
    }

    /// An empty reply with all attributes of the request, as RFC 6241 §4.2 demands.
    static Element to(Element rpc) {
        Element reply = Xml.root(Xml.BASE, "rpc-reply");
        NamedNodeMap attributes = rpc.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            reply.setAttributeNodeNS((Attr) reply.getOwnerDocument().importNode(attributes.item(i), true));
        }
        return reply;
    }

    /// A reply to something that cannot be replied to.
    ///
    /// @param error without a path
    static Document error(RpcError error) {
        Element reply = Xml.root(Xml.BASE, "rpc-reply");
        append(reply, error);
        return reply.getOwnerDocument();
    }

    /// Adds `errors` to a reply.
    void add(Element reply, List<RpcError> errors) {
        for (RpcError error : errors) {
            Element element = append(reply, error);
            Xml.child(element, "error-path").ifPresent(path -> declarePrefixes(path, error.path()));
        }
    }

    private static Element append(Element reply, RpcError error) {
        Element element = Xml.append(reply, Xml.BASE, "rpc-error", "");
        Xml.append(element, Xml.BASE, "error-type", error.type());
        Xml.append(element, Xml.BASE, "error-tag", error.tag());
        Xml.append(element, Xml.BASE, "error-severity", "error");
        if (!error.appTag().isEmpty()) {
            Xml.append(element, Xml.BASE, "error-app-tag", error.appTag());
        }
        if (!error.path().isEmpty()) {
            Xml.append(element, Xml.BASE, "error-path", error.path());
        }
        if (!error.message().isEmpty()) {
            Xml.append(element, Xml.BASE, "error-message", printable(error.message()))
                    .setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:lang", "en");
        }
        if (!error.info().isEmpty()) {
            Element info = Xml.append(element, Xml.BASE, "error-info", "");
            error.info().forEach((name, value) -> info(info, name, value));
        }
        return element;
    }

    private static void info(Element info, String name, String value) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            Xml.append(info, Xml.BASE, name, printable(value));
        } else {
            Xml.append(info, TESTUDO + name.substring(0, colon), name.substring(colon + 1), printable(value));
        }
    }

    /// The modules' names serve as prefixes in error-path.
    private void declarePrefixes(Element element, String path) {
        Matcher prefixes = PREFIX.matcher(path);
        while (prefixes.find()) {
            String module = prefixes.group(1);
            models.namespace(module)
                    .ifPresent(namespace -> element.setAttributeNS(XMLNS, "xmlns:" + module, namespace));
        }
    }

    /// Characters that XML cannot carry would make the whole reply unreadable.
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
