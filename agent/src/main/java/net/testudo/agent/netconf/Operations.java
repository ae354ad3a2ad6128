package net.testudo.agent.netconf;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.testudo.agent.ElementClient;
import net.testudo.agent.access.Access;
import net.testudo.agent.access.AccessControl;
import net.testudo.agent.access.Subject;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.DefaultsMode;
import net.testudo.agent.datastore.ElementAnswer;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.PendingCommits;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.RpcInput;
import net.testudo.agent.datastore.Xml;
import net.testudo.agent.northbound.access.AccessRpc;
import net.testudo.agent.northbound.cluster.ClusterRpc;
import net.testudo.agent.northbound.eventlog.ElectionExplanation;
import net.testudo.agent.northbound.eventlog.EventLogState;
import net.testudo.agent.northbound.identity.IdentityRpc;
import net.testudo.agent.northbound.revisions.RevisionsRpc;
import net.testudo.agent.northbound.system.User;
import net.testudo.agent.northbound.system.Users;
import net.testudo.agent.northbound.verification.VerificationRpc;
import net.testudo.element.management.Answer;
import net.testudo.element.management.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Does what a request asks. Safe for use by many sessions at once.
final class Operations {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    private static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final String EVENT_LOG = "urn:testudo:yang:testudo-event-log";
    private static final Set<String> COMMIT_PARAMETERS =
            Set.of("commit-id", "comment", "confirmed", "confirm-timeout", "persist", Parameters.PERSIST_ID);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int COMMENT_MAX = 255;
    private static final int COMMIT_ID_MAX = 64;

    /// What became of a request.
    ///
    /// @param reply to send
    /// @param kind how it went, for the counters
    /// @param sending how the reply is sent
    record Outcome(Document reply, Kind kind, Sending sending) {
        /// How it went.
        enum Kind {
            /// Done.
            DONE,
            /// Refused with an rpc-error.
            REFUSED,
            /// Was no rpc.
            BAD
        }
    }

    /// How a reply is sent.
    ///
    /// @param last whether the session ends after it
    /// @param by sends it, which is the task that it is given
    record Sending(boolean last, Consumer<Runnable> by) {
        static final Sending PLAIN = new Sending(false, Runnable::run);
        static final Sending LAST = new Sending(true, Runnable::run);
    }

    private final ElementClient element;
    private final Models models;
    private final Datastores datastores;
    private final PendingCommits commits;
    private final Users users;
    private final Sessions sessions;
    private final EventStream events;
    private final DataReads reads;
    private final Comparison comparison;
    private final CanonicalXml xml;
    private final RpcInput input;
    private final RevisionsRpc revisions;
    private final VerificationRpc verification;
    private final IdentityRpc identity;
    private final AccessControl control;
    private final AccessRpc explanation;
    private final Replies replies;
    private final int depth;

    Operations(ServerParts parts, StateLines state, int depth) {
        element = parts.element();
        models = parts.models();
        datastores = parts.datastores();
        commits = parts.commits();
        users = parts.users();
        sessions = parts.sessions();
        events = parts.events();
        this.depth = depth;
        xml = new CanonicalXml(models);
        input = new RpcInput(models);
        revisions = new RevisionsRpc(element, datastores, xml, input);
        verification = new VerificationRpc(element, xml, input);
        identity = new IdentityRpc(element, xml, input);
        control = parts.control();
        explanation = new AccessRpc(control, users, models, xml, input);
        replies = new Replies(models);
        reads = new DataReads(models, datastores, state);
        comparison = new Comparison(models, datastores, state);
    }

    /// Handles one message of `session`.
    Outcome handle(NetconfSession session, Document message) {
        Element rpc = message.getDocumentElement();
        if (!"rpc".equals(rpc.getLocalName()) || !Xml.BASE.equals(rpc.getNamespaceURI())) {
            RpcError error = new RpcError(
                            "rpc", "unknown-element", "", "", "a message is an <rpc> of NETCONF's base", Map.of())
                    .withInfo("bad-element", rpc.getNodeName());
            return new Outcome(Replies.error(error), Outcome.Kind.BAD, Sending.PLAIN);
        }
        Element reply = Replies.to(rpc);
        Document document = reply.getOwnerDocument();
        try {
            check(rpc);
            Call call = new Call(session, access(session), Xml.children(rpc).getFirst(), reply);
            call.access().demandOperation(module(call.operation()), call.name());
            Sending sending = run(call);
            if (!reply.hasChildNodes()) {
                Xml.append(reply, Xml.BASE, "ok", "");
            }
            return new Outcome(document, Outcome.Kind.DONE, sending);
        } catch (RpcException e) {
            replies.add(reply, e.errors());
            return new Outcome(document, Outcome.Kind.REFUSED, Sending.PLAIN);
        } catch (CanonicalFormException | RuntimeException e) {
            LOG.error(
                    "session {} of {}: an operation failed for a reason that is our own fault",
                    session.id(),
                    session.user(),
                    e);
            replies.add(
                    reply,
                    List.of(RpcError.application(
                            "operation-failed",
                            "internal-error",
                            "",
                            "an internal error; the log of the device says more")));
            return new Outcome(document, Outcome.Kind.REFUSED, Sending.PLAIN);
        }
    }

    private void check(Element rpc) throws RpcException {
        if (rpc.getAttribute("message-id").isEmpty()
                && rpc.getAttributeNS(Xml.BASE, "message-id").isEmpty()) {
            throw new RpcException(new RpcError("rpc", "missing-attribute", "", "", "message-id is missing", Map.of())
                    .withInfo("bad-attribute", "message-id")
                    .withInfo("bad-element", "rpc"));
        }
        if (Xml.children(rpc).size() != 1) {
            throw new RpcException(
                    new RpcError("rpc", "missing-element", "", "", "an rpc holds exactly one operation", Map.of())
                            .withInfo("bad-element", "rpc"));
        }
        if (deeperThan(rpc, depth)) {
            throw new RpcException(
                    new RpcError("rpc", "too-big", "", "", "elements are nested deeper than " + depth, Map.of()));
        }
    }

    /// Whether elements are nested deeper than `limit`; without recursion, which a hostile message could exhaust.
    private static boolean deeperThan(Element root, int limit) {
        int level = 0;
        Node node = root;
        while (level <= limit) {
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                level++;
                continue;
            }
            while (level > 0 && node.getNextSibling() == null) {
                node = node.getParentNode();
                level--;
            }
            if (level == 0) {
                return false;
            }
            node = node.getNextSibling();
        }
        return true;
    }

    private String module(Element operation) {
        return models.moduleOf(String.valueOf(operation.getNamespaceURI())).orElse("");
    }

    /// What the user of a session may do now.
    private Access access(NetconfSession session) throws RpcException {
        Optional<User> user = users.find(session.user());
        if (user.isEmpty() && session.bootstrap()) {
            // Who forms the cluster, and thereby configures the first admin, may finish the work in this session.
            return control.of(new Subject(session.user(), true, Set.of()));
        }
        return control.of(Subject.of(user.orElseThrow(() -> new RpcException(RpcError.application(
                "access-denied", "", "", "the user " + session.user() + " does not exist any more")))));
    }

    /// Runs an operation.
    ///
    /// @return how the reply is sent
    private Sending run(Call call) throws RpcException, CanonicalFormException {
        NetconfSession session = call.session();
        Element operation = call.operation();
        Element reply = call.reply();
        String name = call.name();
        switch (String.valueOf(operation.getNamespaceURI())) {
            case Xml.BASE -> {
                return base(call);
            }
            case DataReads.NAMESPACE -> nmda(call);
            case Comparison.NAMESPACE -> comparison.compare(call);
            case MONITORING -> {
                if (!name.equals("get-schema")) {
                    throw unsupported(name);
                }
                schema(operation, reply);
            }
            case CLUSTER -> {
                if (ClusterRpc.changesRunning(name)) {
                    datastores.demandRunning(session.id());
                }
                cluster(name, operation, reply);
            }
            case RevisionsRpc.NAMESPACE -> revisions.run(session.id(), call.access(), operation, reply);
            case VerificationRpc.NAMESPACE -> verification.run(call.access(), operation, reply);
            case AccessRpc.NAMESPACE -> explanation.run(session.user(), call.access(), operation, reply);
            case IdentityRpc.NAMESPACE -> {
                datastores.demandRunning(session.id());
                identity.run(call.author(""), operation, reply);
            }
            case EVENT_LOG -> explain(name, operation, reply);
            case SubscriptionRequest.NAMESPACE -> {
                return subscribe(session, name, operation);
            }
            default -> throw unsupported(name);
        }
        return Sending.PLAIN;
    }

    private static RpcException unsupported(String name) {
        return new RpcException(RpcError.protocol("operation-not-supported", "no such operation here: " + name)
                .withInfo("bad-element", name));
    }

    /// What the user of a session may do, as long as there is such a user.
    private Optional<Access> rights(NetconfSession session) {
        try {
            return Optional.of(access(session));
        } catch (RpcException _) {
            return Optional.empty();
        }
    }

    private Sending subscribe(NetconfSession session, String name, Element operation) throws RpcException {
        if (!name.equals(SubscriptionRequest.OPERATION)) {
            throw unsupported(name);
        }
        SubscriptionRequest request = SubscriptionRequest.parse(models, operation, CLOCK.instant());
        Subscription subscription = new Subscription(events, session, request, CLOCK, () -> rights(session));
        if (!session.subscribe(subscription)) {
            throw new RpcException(RpcError.application(
                    "operation-failed",
                    "subscribed-already",
                    "",
                    "this session has a subscription; open another session for another one"));
        }
        return new Sending(false, send -> events.begin(subscription, send));
    }

    private void nmda(Call call) throws RpcException, CanonicalFormException {
        switch (call.name()) {
            case "get-data" -> reads.getData(call);
            case "edit-data" -> {
                input.read(DataReads.MODULE, call.operation());
                edit(call, Parameters.editData(models, call.operation()));
            }
            default -> throw unsupported(call.name());
        }
    }

    private void edit(Call call, Datastores.Edit edit) throws RpcException {
        ReceivedConfig.prepare(models, edit.config());
        datastores.edit(call.editor(), edit);
    }

    private Sending base(Call call) throws RpcException, CanonicalFormException {
        NetconfSession session = call.session();
        Element operation = call.operation();
        switch (call.name()) {
            case "get" -> reads.get(call);
            case "get-config" -> reads.getConfig(call);
            case "edit-config" -> edit(call, Parameters.edit(models, operation));
            case "copy-config" -> copy(call);
            case "delete-config" -> throw cannotDelete(Parameters.datastore(models, operation, "target"));
            case "validate" -> validate(operation);
            case "commit" -> commit(call);
            case "cancel-commit" ->
                commits.cancel(
                        session.id(),
                        Parameters.text(operation, Parameters.PERSIST_ID, ""),
                        call.author(PendingCommits.CANCELLED));
            case "discard-changes" -> datastores.discard(session.id());
            case "lock" ->
                datastores.lock(
                        Parameters.datastore(models, operation, "target"),
                        new Datastores.Lock(session.id(), session.user(), Instant.now()));
            case "unlock" -> datastores.unlock(Parameters.datastore(models, operation, "target"), session.id());
            case "close-session" -> {
                return Sending.LAST;
            }
            case "kill-session" -> kill(session, operation);
            default -> throw unsupported(call.name());
        }
        return Sending.PLAIN;
    }

    private void copy(Call call) throws RpcException {
        Element operation = call.operation();
        if (Parameters.datastore(models, operation, "target") != Datastores.Name.CANDIDATE) {
            throw new RpcException(RpcError.protocol(
                    "operation-not-supported", "running changes only by commit: copy to the candidate, then commit"));
        }
        Optional<Element> config = Xml.child(Parameters.required(operation, "source"), "config");
        DefaultsMode mode = Parameters.defaults(operation).orElse(DefaultsMode.EXPLICIT);
        if (config.isPresent()) {
            ReceivedConfig.prepare(models, config.get());
            datastores.copy(call.editor(), config.get());
        } else if (Parameters.datastore(models, operation, "source") == Datastores.Name.RUNNING) {
            datastores.copyRunning(call.editor(), mode);
        } else {
            throw new RpcException(RpcError.protocol("invalid-value", "source and target are the same")
                    .withInfo("bad-element", "source"));
        }
    }

    private static RpcException cannotDelete(Datastores.Name target) {
        return new RpcException(RpcError.protocol(
                "operation-not-supported",
                target == Datastores.Name.RUNNING
                        ? "running cannot be deleted; a device leaves its cluster by leave or factory-reset"
                        : "the candidate cannot be deleted; discard-changes makes it equal to running"));
    }

    private void validate(Element operation) throws RpcException {
        Element source = Parameters.required(operation, "source");
        Optional<Element> config = Xml.child(source, "config");
        if (config.isPresent()) {
            ReceivedConfig.prepare(models, config.get());
            datastores.validate(config.get());
        } else {
            datastores.validate(Parameters.datastore(models, operation, "source"));
        }
    }

    private void commit(Call call) throws RpcException {
        Element operation = call.operation();
        for (Element parameter : Xml.children(operation)) {
            if (!COMMIT_PARAMETERS.contains(parameter.getLocalName())) {
                throw new RpcException(RpcError.protocol(
                                "unknown-element", "a commit takes no '" + parameter.getLocalName() + "' here")
                        .withInfo("bad-element", parameter.getLocalName()));
            }
        }
        String comment = Parameters.text(operation, "comment", "");
        if (comment.codePointCount(0, comment.length()) > COMMENT_MAX) {
            throw new RpcException(
                    RpcError.protocol("invalid-value", "a comment has at most " + COMMENT_MAX + " characters")
                            .withInfo("bad-element", "comment"));
        }
        String commitId = Parameters.text(operation, "commit-id", "");
        if (commitId.codePointCount(0, commitId.length()) > COMMIT_ID_MAX) {
            throw new RpcException(
                    RpcError.protocol("invalid-value", "a commit-id has at most " + COMMIT_ID_MAX + " characters")
                            .withInfo("bad-element", "commit-id"));
        }
        datastores.commit(call.editor(), commitId, call.author(comment), Parameters.confirmation(operation));
    }

    private void kill(NetconfSession session, Element operation) throws RpcException {
        String text = Xml.text(Parameters.required(operation, "session-id"));
        boolean killed = text.matches("[0-9]{1,10}")
                && Long.parseLong(text) != session.id()
                && sessions.kill(Long.parseLong(text), session.id());
        if (!killed) {
            throw new RpcException(RpcError.protocol("invalid-value", "there is no other session " + text)
                    .withInfo("bad-element", "session-id"));
        }
        LOG.info("session {} of {} killed session {}", session.id(), session.user(), text);
    }

    private void schema(Element operation, Element reply) throws RpcException {
        String name = Xml.text(Parameters.required(operation, "identifier"));
        String version = Parameters.text(operation, "version", "");
        String format = Parameters.text(operation, "format", "yang");
        String text = models.modules().stream()
                .filter(module -> module.name().equals(name)
                        && (version.isEmpty() || version.equals(module.revision()))
                        && format.replaceAll(".*:", "").equals("yang"))
                .map(Models.ModuleText::text)
                .findFirst()
                .orElseThrow(() -> new RpcException(RpcError.application(
                        "invalid-value", "", "", "there is no schema " + name + " " + version + " in this format")));
        Xml.append(reply, MONITORING, "data", text);
    }

    private void explain(String name, Element operation, Element reply) throws RpcException, CanonicalFormException {
        if (!name.equals(ElectionExplanation.OPERATION)) {
            throw unsupported(name);
        }
        Optional<Long> epoch = Optional.ofNullable(
                        input.read(EventLogState.MODULE, operation).get("epoch"))
                .map(Long::parseUnsignedLong);
        EventLog log = element.snapshot().log();
        xml.append(
                reply,
                ElectionExplanation.lines(log, epoch)
                        .orElseThrow(() -> new RpcException(RpcError.application(
                                "data-missing",
                                "no-such-election",
                                "",
                                "the event log tells of no such election; it does of those of the epochs "
                                        + ElectionExplanation.epochs(log)))));
    }

    private void cluster(String name, Element operation, Element reply) throws RpcException {
        Map<String, String> parameters = input.read(ClusterRpc.MODULE, operation);
        var request = ClusterRpc.request(name, parameters).orElseThrow(() -> unsupported(name));
        Answer answer = element.submit(request).join();
        if (name.equals(ClusterRpc.COMMIT_STATUS)) {
            ClusterRpc.commitStatus(answer).forEach((leaf, value) -> Xml.append(reply, CLUSTER, leaf, value));
        } else if (answer.outcome() != Answer.Outcome.OK) {
            throw new RpcException(ElementAnswer.error(answer, ""));
        }
    }
}
