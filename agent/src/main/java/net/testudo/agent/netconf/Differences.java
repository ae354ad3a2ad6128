package net.testudo.agent.netconf;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.DataSchema;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// Walks two trees and writes what is different: outermost nodes only, what goes before what comes,
/// and as few moves as the order of a list needs. Done in their order, the edits make the second tree
/// of the first.
final class Differences {
    private final PatchEdits edits;
    private final Selection selectedBefore;
    private final Selection selectedAfter;

    /// @param edits are written
    /// @param selectedBefore what is compared of the first tree; selected in one of them is enough
    /// @param selectedAfter of the second tree
    Differences(PatchEdits edits, Selection selectedBefore, Selection selectedAfter) {
        this.edits = edits;
        this.selectedBefore = selectedBefore;
        this.selectedAfter = selectedAfter;
    }

    /// An element of both trees, or of none.
    ///
    /// @param covered whether all below it is compared
    private record At(DataSchema schema, String path, String module, boolean covered) {}

    /// The nodes right below an element of both trees that are compared, by what tells them apart.
    private record Children(Map<String, Element> before, Map<String, Element> after) {}

    /// Writes the edits that make `after` of `before`.
    ///
    /// @param all whether all is compared, whatever is selected
    void write(Models models, Element before, Element after, boolean all) {
        compare(new At(DataSchema.root(models), "", "", all), before, after);
    }

    private void compare(At at, Element before, Element after) {
        Children children = children(at, before, after);
        children.before().forEach((identity, element) -> {
            if (!children.after().containsKey(identity)) {
                DataSchema schema = at.schema().child(element);
                edits.delete(path(at, schema, element), shown(schema, element, at, selectedBefore));
            }
        });
        Set<String> moved = moved(at, children);
        Map<String, String> last = new HashMap<>();
        children.after().forEach((identity, element) -> {
            DataSchema schema = at.schema().child(element);
            String path = path(at, schema, element);
            PatchEdits.Place place = new PatchEdits.Place(last.getOrDefault(name(element), ""));
            last.put(name(element), path);
            Element counterpart = children.before().get(identity);
            if (counterpart != null) {
                if (moved.contains(identity)) {
                    edits.move(path, place);
                }
                pair(at, schema, path, counterpart, element);
            } else if (schema.isOrdered()) {
                edits.insert(path, place, shown(schema, element, at, selectedAfter));
            } else {
                edits.create(path, shown(schema, element, at, selectedAfter));
            }
        });
    }

    private void pair(At at, DataSchema schema, String path, Element before, Element after) {
        if (!schema.isLeaf() && !schema.isLeafList()) {
            boolean covered = at.covered() || selectedBefore.covers(before) || selectedAfter.covers(after);
            compare(new At(schema, path, schema.module(after), covered), before, after);
        } else if (!before.getTextContent().equals(after.getTextContent())) {
            edits.replace(path, shown(schema, after, at, selectedAfter), shown(schema, before, at, selectedBefore));
        }
    }

    private Children children(At at, Element before, Element after) {
        Map<String, Element> allBefore = byIdentity(at, before);
        Map<String, Element> allAfter = byIdentity(at, after);
        if (!at.covered()) {
            Set<String> compared = new HashSet<>();
            allBefore.forEach((identity, element) -> note(compared, identity, selectedBefore.touches(element)));
            allAfter.forEach((identity, element) -> note(compared, identity, selectedAfter.touches(element)));
            allBefore.keySet().retainAll(compared);
            allAfter.keySet().retainAll(compared);
        }
        return new Children(allBefore, allAfter);
    }

    private static void note(Set<String> compared, String identity, boolean touched) {
        if (touched) {
            compared.add(identity);
        }
    }

    private static Map<String, Element> byIdentity(At at, Element parent) {
        Map<String, Element> children = new LinkedHashMap<>();
        for (Element child : Xml.children(parent)) {
            if (!CanonicalXml.isKey(child)) {
                children.put(name(child) + keys(at.schema().child(child), child), child);
            }
        }
        return children;
    }

    /// The entries of ordered lists that stand at other places after than before.
    private static Set<String> moved(At at, Children children) {
        Map<String, Integer> places = new HashMap<>();
        children.before().keySet().forEach(identity -> places.put(identity, places.size()));
        Map<String, List<String>> lists = new LinkedHashMap<>();
        children.after().forEach((identity, element) -> {
            if (places.containsKey(identity) && at.schema().child(element).isOrdered()) {
                lists.computeIfAbsent(name(element), _ -> new ArrayList<>()).add(identity);
            }
        });
        Set<String> moved = new HashSet<>();
        for (List<String> list : lists.values()) {
            List<Integer> old = list.stream()
                    .map(identity -> places.getOrDefault(identity, 0))
                    .toList();
            Reordering.moved(old).forEach(index -> moved.add(list.get(index)));
        }
        return moved;
    }

    private static String name(Element element) {
        return '{' + element.getNamespaceURI() + '}' + element.getLocalName();
    }

    /// The path as RFC 8040 §3.5.3 writes it.
    private static String path(At at, DataSchema schema, Element element) {
        String module = schema.module(element);
        String prefix = module.equals(at.module()) ? "/" : "/" + module + ":";
        return at.path() + prefix + element.getLocalName() + keys(schema, element);
    }

    private static String keys(DataSchema schema, Element element) {
        if (schema.isLeafList()) {
            return '=' + encoded(element.getTextContent());
        }
        String keys = Xml.children(element).stream()
                .filter(CanonicalXml::isKey)
                .map(key -> encoded(key.getTextContent()))
                .collect(Collectors.joining(","));
        return keys.isEmpty() ? "" : '=' + keys;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /// What is shown of a node that is in one tree only, or has another value in the other one.
    private static PatchEdits.Shown shown(DataSchema schema, Element element, At at, Selection selection) {
        if (!at.covered() && !selection.covers(element)) {
            selection.prune(element, DataFilter.UNBOUNDED);
        }
        return new PatchEdits.Shown(element, schema.isConfiguration() ? OperationalTree.originOf(element) : "");
    }
}
