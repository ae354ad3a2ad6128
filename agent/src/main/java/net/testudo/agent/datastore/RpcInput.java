package net.testudo.agent.datastore;

import java.util.LinkedHashMap;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
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
        NormalizedNode input = parser.parse(stack, operation, "");
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
