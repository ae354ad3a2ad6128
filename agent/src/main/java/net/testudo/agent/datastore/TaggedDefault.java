package net.testudo.agent.datastore;

import java.util.Map;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.w3c.dom.Element;

/// Leaves that an edit marks as having their default value, as a read with `report-all-tagged` shows them
/// (RFC 6243 §4.5.2): they are not set, so that the default is in use.
final class TaggedDefault {
    private static final String ATTRIBUTE = "default";

    private final Models models;
    private final ElementParser parser;
    private final Values values;

    TaggedDefault(Models models, ElementParser parser) {
        this.models = models;
        this.parser = parser;
        values = new Values(models);
    }

    static boolean isTagged(Element element) {
        String tag = element.getAttributeNS(DefaultsMode.TAG_NAMESPACE, ATTRIBUTE);
        return tag.equals("true") || tag.equals("1");
    }

    /// Takes the marked leaves out of an element that is about to be written as a whole.
    void dropFrom(EditTarget target, Element element) throws RpcException {
        for (Element child : Xml.children(element)) {
            if (isTagged(child)) {
                demand(target.child(models, parser, child), child);
                element.removeChild(child);
            } else if (holdsTagged(child)) {
                dropFrom(target.child(models, parser, child), child);
            }
        }
    }

    private static boolean holdsTagged(Element element) {
        return Xml.children(element).stream().anyMatch(child -> isTagged(child) || holdsTagged(child));
    }

    /// Refuses an operation that makes no sense for a marked leaf, and a marked value that is not the default.
    void demand(EditTarget target, Element element, EditOperation operation) throws RpcException {
        switch (operation) {
            case CREATE, MERGE, REPLACE -> demand(target, element);
            case DELETE, REMOVE, NONE ->
                throw refused(target, "what is marked as default can be created, merged or replaced only");
        }
    }

    private void demand(EditTarget target, Element element) throws RpcException {
        Element plain = (Element) element.cloneNode(true);
        plain.removeAttributeNS(DefaultsMode.TAG_NAMESPACE, ATTRIBUTE);
        plain.removeAttributeNS(Xml.BASE, "operation");
        if (!(target.schema() instanceof LeafSchemaNode leaf)) {
            throw refused(target, "only a leaf can be marked as default");
        }
        NormalizedNode parsed = parser.parse(target.stack(), plain, InstancePath.of(models, target.path()));
        String value = values.text(((LeafNode<?>) parsed).body());
        if (!Defaults.isDefault(leaf, value)) {
            throw refused(
                    target,
                    "'" + value + "' is marked as default, but the default is "
                            + leaf.getType()
                                    .getDefaultValue()
                                    .map(Object::toString)
                                    .orElse("no value"));
        }
    }

    private RpcException refused(EditTarget target, String message) {
        return new RpcException(new RpcError(
                "application", "invalid-value", "", InstancePath.of(models, target.path()), message, Map.of()));
    }
}
