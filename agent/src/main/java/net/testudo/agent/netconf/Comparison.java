package net.testudo.agent.netconf;

import java.util.Map;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.DefaultsMode;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.RpcInput;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// The operation compare (RFC 9144): by which edits one datastore becomes another one.
final class Comparison {
    /// The module of the operation.
    static final String MODULE = "testudo-compare";
    /// Its namespace.
    static final String NAMESPACE = "urn:testudo:yang:" + MODULE;

    private final Models models;
    private final Datastores datastores;
    private final StateLines state;
    private final CanonicalXml xml;
    private final RpcInput input;

    Comparison(Models models, Datastores datastores, StateLines state) {
        this.models = models;
        this.datastores = datastores;
        this.state = state;
        xml = new CanonicalXml(models);
        input = new RpcInput(models);
    }

    /// What is compared.
    ///
    /// @param all whether operational has what only it can have: state, and defaults in use
    /// @param origins whether its values are marked with their origin
    private record Wanted(NmdaDatastore source, NmdaDatastore target, boolean all, boolean origins) {
        boolean all(NmdaDatastore datastore) {
            return all && datastore == NmdaDatastore.OPERATIONAL;
        }

        boolean origins(NmdaDatastore datastore) {
            return origins && datastore == NmdaDatastore.OPERATIONAL;
        }
    }

    void compare(Call call) throws RpcException, CanonicalFormException {
        Element operation = call.operation();
        NmdaDatastore source = datastore(operation, "source");
        NmdaDatastore target = datastore(operation, "target");
        Map<String, String> parameters = input.read(MODULE, operation);
        Wanted wanted = new Wanted(
                source,
                target,
                parameters.containsKey("all") || source == target,
                parameters.containsKey("report-origin"));
        DataFilter filter = Parameters.dataFilter(models, operation);
        Element before = Xml.root(NAMESPACE, "data");
        Element after = Xml.root(NAMESPACE, "data");
        read(wanted, before, after);
        // Access first: what is hidden must not tell of itself by a filter, a difference or a place in a list.
        call.access().hide(before);
        call.access().hide(after);
        Selection selectedBefore = filter.select(before);
        Selection selectedAfter = filter.select(after);
        boolean filtered = Xml.child(operation, "subtree-filter").isPresent() || parameters.containsKey("xpath-filter");
        if (filtered && isEmpty(selectedBefore, before) && isEmpty(selectedAfter, after)) {
            Xml.append(call.reply(), NAMESPACE, "no-matches", "");
            return;
        }
        Element patch = Xml.append(Xml.append(call.reply(), NAMESPACE, "differences", ""), NAMESPACE, "yang-patch", "");
        Xml.append(patch, NAMESPACE, "patch-id", source.yang() + "-to-" + target.yang());
        new Differences(new PatchEdits(patch, NAMESPACE), selectedBefore, selectedAfter)
                .write(models, before, after, !filtered);
    }

    private NmdaDatastore datastore(Element operation, String parameter) throws RpcException {
        return NmdaDatastore.parse(models.prefixedLeaves(), Parameters.required(operation, parameter));
    }

    private static boolean isEmpty(Selection selection, Element data) {
        return Xml.children(data).stream().noneMatch(selection::touches);
    }

    /// Fills both trees; what they have in common is read once, so that it does not change in between.
    private void read(Wanted wanted, Element before, Element after) throws RpcException, CanonicalFormException {
        boolean all = wanted.all(wanted.source()) || wanted.all(wanted.target());
        DefaultsMode mode = all ? DefaultsMode.REPORT_ALL : DefaultsMode.EXPLICIT;
        String lines = all ? state.now() : "";
        Datastores.Shown source = datastores.show(wanted.source().configuration(), mode);
        Datastores.Shown target =
                wanted.target().configuration() == wanted.source().configuration()
                        ? source
                        : datastores.show(wanted.target().configuration(), mode);
        fill(before, source, lines, wanted, wanted.source());
        fill(after, target, lines, wanted, wanted.target());
    }

    private void fill(Element data, Datastores.Shown shown, String lines, Wanted wanted, NmdaDatastore datastore)
            throws CanonicalFormException {
        boolean all = wanted.all(datastore);
        new OperationalTree(xml)
                .fill(
                        data,
                        all ? shown : new Datastores.Shown(shown.configured(), ""),
                        all ? lines : "",
                        wanted.origins(datastore));
    }
}
