package net.testudo.agent.datastore;

import java.io.IOException;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.dom.DOMSource;
import org.opendaylight.yangtools.yang.data.api.YangNetconfError;
import org.opendaylight.yangtools.yang.data.api.YangNetconfErrorAware;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlParserStream;
import org.opendaylight.yangtools.yang.data.impl.schema.ImmutableNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.impl.schema.NormalizationResultHolder;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;
import org.w3c.dom.Element;

/// XML elements to NormalizedNode, checked against the types of the schema.
final class ElementParser {
    private final Models models;

    ElementParser(Models models) {
        this.models = models;
    }

    /// The node that `element` is.
    ///
    /// @param at stands at the schema node of the element
    /// @param path of the element, for the error
    /// @throws RpcException invalid-value, with the module's own message where it has one
    NormalizedNode parse(SchemaInferenceStack at, Element element, String path) throws RpcException {
        NormalizationResultHolder holder = new NormalizationResultHolder();
        try (XmlParserStream stream = XmlParserStream.create(
                ImmutableNormalizedNodeStreamWriter.from(holder), models.codecs(), at.toInference())) {
            stream.traverse(new DOMSource(element));
        } catch (XMLStreamException | IOException | RuntimeException e) {
            throw new RpcException(error(element, path, e));
        }
        return holder.getResult().data();
    }

    private static RpcError error(Element element, String path, Throwable thrown) {
        Optional<YangNetconfError> known = Optional.empty();
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof YangNetconfErrorAware aware && known.isEmpty()) {
                known = aware.getNetconfErrors().stream().findFirst();
            }
            root = cause;
        }
        String message = known.map(YangNetconfError::message)
                .filter(text -> !text.isEmpty())
                .orElse(String.valueOf(root.getMessage()));
        String appTag = known.map(YangNetconfError::appTag).orElse("");
        return RpcError.application("invalid-value", appTag, path, "in <" + element.getLocalName() + ">: " + message);
    }
}
