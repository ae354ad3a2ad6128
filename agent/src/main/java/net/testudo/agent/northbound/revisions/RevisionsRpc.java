package net.testudo.agent.northbound.revisions;

import java.util.Map;
import java.util.function.LongFunction;
import net.testudo.agent.ElementClient;
import net.testudo.agent.access.Access;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.Editor;
import net.testudo.agent.datastore.ElementAnswer;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.RpcInput;
import net.testudo.agent.datastore.Xml;
import net.testudo.element.management.Answer;
import net.testudo.element.management.HeldContent;
import net.testudo.element.management.Request;
import org.w3c.dom.Element;

/// The operations of `testudo-revisions`.
public final class RevisionsRpc {
    /// The name of the module.
    public static final String MODULE = "testudo-revisions";
    /// Its namespace.
    public static final String NAMESPACE = "urn:testudo:yang:" + MODULE;
    private static final String GET_REVISION = "get-revision";
    private static final String GET_ORPHAN = "get-orphan";

    private static final String LOAD_REVISION = "load-revision";
    private static final String DISMISS_ORPHAN = "dismiss-orphan";

    private final ElementClient element;
    private final Datastores datastores;
    private final CanonicalXml xml;
    private final RpcInput input;

    /// @param element holds the revisions
    /// @param datastores hold the candidate
    /// @param xml writes contents
    /// @param input reads parameters
    public RevisionsRpc(ElementClient element, Datastores datastores, CanonicalXml xml, RpcInput input) {
        this.element = element;
        this.datastores = datastores;
        this.xml = xml;
        this.input = input;
    }

    /// Does `operation`, and appends what it answers to `reply`.
    ///
    /// @param session that asks
    /// @param access what its user may do
    public void run(long session, Access access, Element operation, Element reply)
            throws RpcException, CanonicalFormException {
        Map<String, String> parameters = input.read(MODULE, operation);
        switch (operation.getLocalName()) {
            case GET_REVISION -> show(fetch(parameters), access, reply);
            case GET_ORPHAN -> show(fetchOrphan(parameters), access, reply);
            case DISMISS_ORPHAN -> demand(id -> new Request.DismissOrphan(id, device(parameters), hash(parameters)));
            case LOAD_REVISION ->
                datastores.load(
                        new Editor(session, access.changes()), fetch(parameters).content());
            default ->
                throw new RpcException(
                        RpcError.protocol("operation-not-supported", "no such operation: " + operation.getLocalName()));
        }
    }

    private HeldContent fetch(Map<String, String> parameters) throws RpcException {
        long number = Long.parseUnsignedLong(parameters.getOrDefault("number", "0"));
        return demand(id -> new Request.FetchRevision(id, number)).held().getFirst();
    }

    private HeldContent fetchOrphan(Map<String, String> parameters) throws RpcException {
        return demand(id -> new Request.FetchOrphan(id, device(parameters), hash(parameters)))
                .held()
                .getFirst();
    }

    private static int device(Map<String, String> parameters) {
        return Integer.parseInt(parameters.getOrDefault("device", "0"));
    }

    private static String hash(Map<String, String> parameters) {
        return parameters.getOrDefault("hash", "");
    }

    private Answer demand(LongFunction<Request> request) throws RpcException {
        Answer answer = element.submit(request).join();
        if (answer.outcome() != Answer.Outcome.OK) {
            throw new RpcException(ElementAnswer.error(answer, ""));
        }
        return answer;
    }

    private void show(HeldContent held, Access access, Element reply) throws CanonicalFormException {
        Xml.append(reply, NAMESPACE, "hash", held.hash());
        Element configuration = Xml.append(reply, NAMESPACE, "configuration", "");
        xml.append(configuration, held.content().configuration());
        access.hide(configuration);
    }
}
