package net.testudo.agent.datastore;

import java.util.List;
import net.testudo.element.management.Content;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.w3c.dom.Element;

/// What a read with a subtree filter takes out of a content before the filter is applied.
public final class ScopedContent {
    private ScopedContent() {}

    /// Its lines.
    ///
    /// @param lines of the configuration
    /// @param filters what is in the filter, at the top
    public static String of(Models models, String lines, List<Element> filters) throws CanonicalFormException {
        ContainerNode tree = models.canonicalForm().tree(new Content(lines, ""));
        return models.canonicalForm()
                .content(tree, ReadScope.of(models, filters))
                .configuration();
    }
}
