package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.w3c.dom.Element;

/// Where in the configuration all is that a subtree filter (RFC 6241 §6) can select: a container, a list, one entry of
/// a
/// list, or everything. The filter is still to be applied to what is read there.
///
/// @param path of it; not below an entry of a list
public record ReadScope(YangInstanceIdentifier path) {
    /// Everything.
    public static final ReadScope ALL = new ReadScope(YangInstanceIdentifier.of());

    /// The scope of a filter.
    ///
    /// @param filters what is in the filter, at the top
    public static ReadScope of(Models models, List<Element> filters) {
        ElementParser parser = new ElementParser(models);
        List<YangInstanceIdentifier> wanted = new ArrayList<>();
        for (Element filter : filters) {
            wanted.add(scope(models, parser, EditTarget.root(models), filter));
        }
        return wanted.isEmpty() ? ALL : new ReadScope(common(wanted));
    }

    /// What of `parent` the filter can select. Names without a namespace match many nodes, and state is not here: then
    /// it is all of the parent.
    private static YangInstanceIdentifier scope(
            Models models, ElementParser parser, EditTarget parent, Element filter) {
        try {
            EditTarget target = parent.whole(models, filter);
            if (target.schema() instanceof ListSchemaNode list && namesEntry(list, filter)) {
                return parent.any(models, parser, filter).path();
            }
            List<Element> inner = Xml.children(filter);
            boolean narrower = target.schema() instanceof ContainerSchemaNode
                    && !inner.isEmpty()
                    && inner.stream().noneMatch(ReadScope::isCondition);
            return narrower
                    ? common(inner.stream()
                            .map(child -> scope(models, parser, target, child))
                            .toList())
                    : target.path();
        } catch (RpcException _) {
            return parent.path();
        }
    }

    /// Filters leave out space around values, keys do not.
    private static boolean namesEntry(ListSchemaNode list, Element filter) {
        return list.getKeyDefinition().stream()
                .allMatch(key -> Xml.child(filter, key.getLocalName())
                        .filter(leaf ->
                                isCondition(leaf) && leaf.getTextContent().equals(Xml.text(leaf)))
                        .isPresent());
    }

    private static boolean isCondition(Element filter) {
        return Xml.children(filter).isEmpty() && !Xml.text(filter).isEmpty();
    }

    private static YangInstanceIdentifier common(List<YangInstanceIdentifier> paths) {
        List<PathArgument> common = new ArrayList<>(paths.getFirst().getPathArguments());
        for (YangInstanceIdentifier path : paths) {
            Iterator<PathArgument> steps = path.getPathArguments().iterator();
            int same = 0;
            while (same < common.size() && steps.hasNext() && steps.next().equals(common.get(same))) {
                same++;
            }
            common = common.subList(0, same);
        }
        return YangInstanceIdentifier.of(common);
    }
}
