package net.testudo.agent.northbound.verification;

import net.testudo.agent.ElementClient;
import net.testudo.agent.access.Access;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.ElementAnswer;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.RpcInput;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Request;
import org.w3c.dom.Element;

/// The operations of `testudo-verification`.
public final class VerificationRpc {
    /// The name of the module.
    public static final String MODULE = "testudo-verification";
    /// Its namespace.
    public static final String NAMESPACE = "urn:testudo:yang:" + MODULE;
    private static final String COMPARE_MEMBERS = "compare-members";

    private final ElementClient element;
    private final CanonicalXml xml;
    private final RpcInput input;

    /// @param element asks the members
    /// @param xml writes what they say
    /// @param input reads parameters
    public VerificationRpc(ElementClient element, CanonicalXml xml, RpcInput input) {
        this.element = element;
        this.xml = xml;
        this.input = input;
    }

    /// Does `operation`, and appends what it answers to `reply`.
    ///
    /// @param access what the user who asks may do
    public void run(Access access, Element operation, Element reply) throws RpcException, CanonicalFormException {
        input.read(MODULE, operation);
        if (!operation.getLocalName().equals(COMPARE_MEMBERS)) {
            throw new RpcException(
                    RpcError.protocol("operation-not-supported", "no such operation: " + operation.getLocalName()));
        }
        Answer answer = element.submit(Request.CompareMembers::new).join();
        if (answer.outcome() != Answer.Outcome.OK || answer.held().isEmpty()) {
            throw new RpcException(ElementAnswer.error(answer, ""));
        }
        xml.append(reply, ComparisonLines.of(element.snapshot().clusterId(), answer.held(), access));
    }
}
