package net.testudo.agent.northbound.identity;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import net.testudo.agent.ElementClient;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.ElementAnswer;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.RpcInput;
import net.testudo.agent.keystore.HostKey;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Author;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import org.w3c.dom.Element;

/// The operations of `testudo-identity`.
public final class IdentityRpc {
    /// The name of the module.
    public static final String MODULE = "testudo-identity";
    /// Its namespace.
    public static final String NAMESPACE = "urn:testudo:yang:" + MODULE;

    private static final String ALARM = "cluster-identity-exposed";
    private static final String ROTATE = "rotate-cluster-identity";
    private static final String WAIVE = "waive-identity-exposure";

    private final ElementClient element;
    private final CanonicalXml xml;
    private final RpcInput input;

    /// @param element decides the revision
    /// @param xml writes what was replaced
    /// @param input reads parameters
    public IdentityRpc(ElementClient element, CanonicalXml xml, RpcInput input) {
        this.element = element;
        this.xml = xml;
        this.input = input;
    }

    /// Does `operation` for a user, and appends what it answers to `reply`.
    ///
    /// @param author who asks, without a comment
    public void run(Author author, Element operation, Element reply) throws RpcException, CanonicalFormException {
        Map<String, String> parameters = input.read(MODULE, operation);
        switch (operation.getLocalName()) {
            case ROTATE -> rotate(author, parameters, reply);
            case WAIVE -> {
                int device = Integer.parseInt(parameters.getOrDefault("device", "0"));
                String reason = parameters.getOrDefault("reason", "");
                Author why = new Author(author.user(), author.session(), WAIVE + ": " + reason);
                demand(id -> new Request.WaiveExposure(id, device, reason, why));
            }
            default ->
                throw new RpcException(
                        RpcError.protocol("operation-not-supported", "no such operation: " + operation.getLocalName()));
        }
    }

    private void rotate(Author author, Map<String, String> parameters, Element reply)
            throws RpcException, CanonicalFormException {
        String scope = parameters.getOrDefault("scope", "all");
        boolean sshHostKey = !scope.equals("join-keys");
        boolean joinKeys = !scope.equals("ssh-host-key");
        ElementSnapshot before = element.snapshot();
        Rotation rotation = Rotation.of(before.content(), sshHostKey, joinKeys, exposed(before));
        if (parameters.getOrDefault("dry-run", "false").equals("true")) {
            xml.append(reply, rotation.lines(MODULE, 0, ""));
            return;
        }
        String hostKey = sshHostKey ? HostKey.generate() : "";
        Author why = new Author(author.user(), author.session(), ROTATE);
        Answer answer = demand(id -> new Request.RotateIdentity(id, hostKey, joinKeys, why));
        String fingerprint =
                hostKey.isEmpty() ? "" : HostKey.fingerprint(hostKey).orElseThrow();
        xml.append(reply, rotation.lines(MODULE, answer.revision(), fingerprint));
    }

    private static List<Integer> exposed(ElementSnapshot snapshot) {
        return snapshot.alarms().stream()
                .filter(alarm -> alarm.name().equals(ALARM))
                .map(ElementSnapshot.Alarm::device)
                .sorted()
                .toList();
    }

    private Answer demand(LongFunction<Request> request) throws RpcException {
        Answer answer = element.submit(request).join();
        if (answer.outcome() != Answer.Outcome.OK) {
            throw new RpcException(ElementAnswer.error(answer, ""));
        }
        return answer;
    }
}
