package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.management.Content;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.SchemaContext;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;
import org.w3c.dom.Element;

/// Canonical text to NormalizedNode.
final class CanonicalReader {
    private final Models models;
    private final CanonicalXml xml;
    private final ElementParser parser;

    CanonicalReader(Models models) {
        this.models = models;
        xml = new CanonicalXml(models);
        parser = new ElementParser(models);
    }

    /// The tree of `content`, secrets included.
    ///
    /// @throws CanonicalFormException if it is not in canonical form or does not fit the schema
    ContainerNode read(Content content) throws CanonicalFormException {
        List<CanonicalLine> lines = new ArrayList<>(CanonicalLine.parseAll(content.configuration()));
        lines.addAll(CanonicalLine.parseAll(content.secrets()));
        Element data = Xml.root(Xml.BASE, "data");
        xml.append(data, lines);
        ContainerNode.Builder root = ImmutableNodes.newContainerBuilder();
        root.withNodeIdentifier(new NodeIdentifier(SchemaContext.NAME));
        for (Element top : Xml.children(data)) {
            String module = models.moduleOf(top.getNamespaceURI()).orElseThrow();
            var name = models.qualify(module, top.getLocalName()).orElseThrow();
            SchemaInferenceStack stack = SchemaInferenceStack.of(models.context());
            try {
                stack.enterDataTree(name);
            } catch (IllegalArgumentException e) {
                throw new CanonicalFormException("the schema has no /" + module + ":" + top.getLocalName());
            }
            try {
                root.withChild((DataContainerChild) parser.parse(stack, top, "/" + module + ":" + top.getLocalName()));
            } catch (RpcException e) {
                throw new CanonicalFormException(
                        "does not fit the schema: " + e.errors().getFirst().message());
            }
        }
        return root.build();
    }
}
