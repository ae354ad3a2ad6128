package net.testudo.agent.datastore;

import java.util.LinkedHashMap;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.AnydataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;
import org.w3c.dom.Element;

/// The input of operations that our modules define, checked against them.
public final class RpcInput {
    private final Models models;
    private final ElementParser parser;

    /// @param models hold the operations
    public RpcInput(Models models) {
        this.models = models;
        parser = new ElementParser(models);
    }

    /// The leaves of the input by name.
    ///
    /// @param module the name of the module of the operation
    /// @param operation the element of the operation in the request
    public Map<String, String> read(String module, Element operation) throws RpcException {
        QName name = models.qualify(module, operation.getLocalName()).orElseThrow();
        RpcDefinition rpc = models.context().getOperations().stream()
                .map(RpcDefinition.class::cast)
                .filter(candidate -> candidate.getQName().equals(name))
                .findFirst()
                .orElseThrow(() -> new RpcException(
                        RpcError.protocol("operation-not-supported", "no such operation: " + name.getLocalName())));
        SchemaInferenceStack stack = SchemaInferenceStack.of(models.context());
        stack.enterSchemaTree(name);
        stack.enterSchemaTree(rpc.getInput().getQName());
        NormalizedNode input = parser.parse(stack, withoutAnydata(operation, rpc), "");
        Values values = new Values(models);
        Map<String, String> leaves = new LinkedHashMap<>();
        collect((ContainerNode) input, values, leaves);
        for (DataSchemaNode child : rpc.getInput().getChildNodes()) {
            if (child instanceof LeafSchemaNode leaf
                    && leaf.isMandatory()
                    && !leaves.containsKey(leaf.getQName().getLocalName())) {
                String missing = leaf.getQName().getLocalName();
                throw new RpcException(
                        RpcError.protocol("missing-element", "the parameter '" + missing + "' is missing")
                                .withInfo("bad-element", missing));
            }
        }
        return leaves;
    }

    /// What may be anything is not for the parser, which cannot read it out of a DOM tree.
    private Element withoutAnydata(Element operation, RpcDefinition rpc) {
        Element rest = (Element) operation.cloneNode(true);
        for (Element parameter : Xml.children(rest)) {
            boolean anything = models.moduleOf(String.valueOf(parameter.getNamespaceURI()))
                    .flatMap(module -> models.qualify(module, parameter.getLocalName()))
                    .flatMap(rpc.getInput()::findDataTreeChild)
                    .filter(AnydataSchemaNode.class::isInstance)
                    .isPresent();
            if (anything) {
                rest.removeChild(parameter);
            }
        }
        // Prefixes that are declared further up mean something in values.
        Element parent = (Element) operation.getParentNode().cloneNode(false);
        parent.appendChild(rest);
        return rest;
    }

    private static void collect(DataContainerNode parent, Values values, Map<String, String> leaves) {
        for (NormalizedNode child : parent.body()) {
            if (child instanceof LeafNode<?> leaf) {
                leaves.put(leaf.name().getNodeType().getLocalName(), values.text(leaf.body()));
            } else if (child instanceof ChoiceNode choice) {
                collect(choice, values, leaves);
            }
        }
    }
}
