package net.testudo.agent.datastore;

import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.w3c.dom.Element;

/// Takes leaves that have their default value out of a reply, or marks them (RFC 6243 §3.2, §3.4).
public final class Defaults {
    private static final String TAG = "wd:default";

    private final Models models;

    /// @param models know the default values
    public Defaults(Models models) {
        this.models = models;
    }

    /// Changes what is below `data` as `mode` says.
    public void show(Element data, DefaultsMode mode) {
        if (mode == DefaultsMode.TRIM || mode == DefaultsMode.REPORT_ALL_TAGGED) {
            children(data, models.context(), mode == DefaultsMode.TRIM);
        }
    }

    private void children(Element parent, DataNodeContainer schema, boolean trims) {
        for (Element child : Xml.children(parent)) {
            Optional<DataSchemaNode> known = name(child).flatMap(schema::findDataTreeChild);
            if (known.isEmpty()) {
                continue;
            }
            switch (known.get()) {
                case LeafSchemaNode leaf
                when !isKey(schema, leaf) && isDefault(leaf, child.getTextContent()) -> {
                    if (trims) {
                        parent.removeChild(child);
                    } else {
                        child.setAttributeNS(DefaultsMode.TAG_NAMESPACE, TAG, "true");
                    }
                }
                case DataNodeContainer inner -> children(child, inner, trims);
                default -> {}
            }
        }
    }

    private Optional<QName> name(Element element) {
        return models.moduleOf(element.getNamespaceURI())
                .flatMap(module -> models.qualify(module, element.getLocalName()));
    }

    private static boolean isKey(DataNodeContainer schema, LeafSchemaNode leaf) {
        return schema instanceof ListSchemaNode list && list.getKeyDefinition().contains(leaf.getQName());
    }

    /// Whether `value`, in canonical form, is the default of `leaf`.
    static boolean isDefault(LeafSchemaNode leaf, String value) {
        return leaf.getType()
                .getDefaultValue()
                .map(Object::toString)
                .filter(value::equals)
                .isPresent();
    }
}
