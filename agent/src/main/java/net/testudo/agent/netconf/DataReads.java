package net.testudo.agent.netconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.Defaults;
import net.testudo.agent.datastore.DefaultsMode;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.ReadScope;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.RpcInput;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// Reads of datastores: get, get-config (RFC 6241), get-data (RFC 8526).
final class DataReads {
    /// The module of get-data.
    static final String MODULE = "ietf-netconf-nmda";
    /// Its namespace.
    static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:" + MODULE;

    private static final String ORIGIN_FILTER = "origin-filter";
    private static final String NEGATED = "negated-origin-filter";

    private final Models models;
    private final Datastores datastores;
    private final StateLines state;
    private final CanonicalXml xml;
    private final Defaults defaults;
    private final RpcInput input;

    DataReads(Models models, Datastores datastores, StateLines state) {
        this.models = models;
        this.datastores = datastores;
        this.state = state;
        xml = new CanonicalXml(models);
        defaults = new Defaults(models);
        input = new RpcInput(models);
    }

    /// What a client wants to see.
    private record Wanted(DefaultsMode mode, DataFilter filter, int depth) {
        ReadScope scope(Models models) {
            return ReadScope.of(models, filter.subtrees());
        }
    }

    void get(Call call) throws RpcException, CanonicalFormException {
        Wanted wanted = wanted(call.operation());
        Element data = Xml.root(Xml.BASE, "data");
        xml.append(data, datastores.read(Datastores.Name.RUNNING, wanted.mode(), wanted.scope(models)) + state.now());
        reply(call, data, wanted);
    }

    void getConfig(Call call) throws RpcException, CanonicalFormException {
        Datastores.Name source = Parameters.datastore(models, call.operation(), "source");
        Wanted wanted = wanted(call.operation());
        Element data = Xml.root(Xml.BASE, "data");
        xml.append(data, datastores.read(source, wanted.mode(), wanted.scope(models)));
        reply(call, data, wanted);
    }

    private Wanted wanted(Element operation) throws RpcException {
        return new Wanted(
                Parameters.defaults(operation).orElse(DefaultsMode.EXPLICIT),
                Parameters.filter(models, operation),
                DataFilter.UNBOUNDED);
    }

    void getData(Call call) throws RpcException, CanonicalFormException {
        Element operation = call.operation();
        Map<String, String> parameters = input.read(MODULE, operation);
        Element named = Parameters.required(operation, "datastore");
        NmdaDatastore datastore = NmdaDatastore.parse(models.prefixedLeaves(), named);
        boolean operational = datastore == NmdaDatastore.OPERATIONAL;
        DefaultsMode standard = operational ? DefaultsMode.REPORT_ALL : DefaultsMode.EXPLICIT;
        String depth = parameters.getOrDefault("max-depth", "unbounded");
        Wanted wanted = new Wanted(
                Parameters.defaults(operation).orElse(standard),
                Parameters.dataFilter(models, operation),
                depth.equals("unbounded") ? DataFilter.UNBOUNDED : Integer.parseInt(depth));
        String kind = parameters.getOrDefault("config-filter", "");
        boolean origins = parameters.containsKey("with-origin");
        List<Element> originFilters = originFilters(operation);
        if (!operational && (origins || !originFilters.isEmpty())) {
            throw NmdaDatastore.refused(
                    origins ? Parameters.required(operation, "with-origin") : originFilters.getFirst(),
                    "only the operational datastore knows origins");
        }
        Datastores.Shown shown = kind.equals("false")
                ? new Datastores.Shown("", "")
                : datastores.show(datastore.configuration(), wanted.mode());
        if (!originFilters.isEmpty()) {
            shown = new Datastores.Shown(
                    passes(originFilters, "intended") ? shown.configured() : "",
                    passes(originFilters, "default") ? shown.defaults() : "");
        }
        Element data = Xml.root(NAMESPACE, "data");
        new OperationalTree(xml).fill(data, shown, operational && !kind.equals("true") ? state.now() : "", origins);
        reply(call, data, wanted);
    }

    private static List<Element> originFilters(Element operation) throws RpcException {
        List<Element> filters = new ArrayList<>();
        for (Element parameter : Xml.children(operation)) {
            if (parameter.getLocalName().equals(ORIGIN_FILTER)
                    || parameter.getLocalName().equals(NEGATED)) {
                filters.add(parameter);
            }
        }
        if (filters.stream().map(Element::getLocalName).distinct().count() > 1) {
            throw new RpcException(
                    RpcError.protocol("bad-element", "origins are wanted or not wanted, not both in one request")
                            .withInfo("bad-element", NEGATED));
        }
        return filters;
    }

    /// Whether nodes of this origin are shown.
    private boolean passes(List<Element> filters, String origin) throws RpcException {
        boolean named = false;
        for (Element filter : filters) {
            String wanted = models.prefixedLeaves().identity(filter);
            named |= wanted.equals("ietf-origin:" + origin) || wanted.equals("ietf-origin:origin");
        }
        return named == filters.getFirst().getLocalName().equals(ORIGIN_FILTER);
    }

    /// Access first, then the filter: what a filter finds must not tell of what the user may not read.
    private void reply(Call call, Element data, Wanted wanted) throws RpcException {
        call.access().hide(data);
        defaults.show(data, wanted.mode());
        wanted.filter().apply(data, wanted.depth());
        call.reply().appendChild(call.reply().getOwnerDocument().adoptNode(data));
    }
}
