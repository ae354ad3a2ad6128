package net.testudo.agent.netconf;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// What a create-subscription asks for (RFC 5277 §2.1.1).
///
/// @param filter what of each notification
/// @param start from when on the past is told; nothing of it without a start
/// @param stop after which nothing is told
record SubscriptionRequest(DataFilter filter, Optional<Instant> start, Optional<Instant> stop) {
    /// Namespace of the operation and of the notifications.
    static final String NAMESPACE = "urn:ietf:params:xml:ns:netconf:notification:1.0";
    /// The operation.
    static final String OPERATION = "create-subscription";

    private static final String START = "startTime";
    private static final String STOP = "stopTime";

    /// Reads an operation.
    ///
    /// @throws RpcException as §2.1.1 says
    static SubscriptionRequest parse(Models models, Element operation, Instant now) throws RpcException {
        String stream = Parameters.text(operation, "stream", EventStream.NAME);
        if (!stream.equals(EventStream.NAME)) {
            throw refused("invalid-value", "stream", "there is no stream '" + stream + "', only " + EventStream.NAME);
        }
        DataFilter filter = Parameters.filter(models, operation);
        // A filter that cannot work is refused now, not when something happens.
        filter.apply(Xml.root(Xml.BASE, "data"), DataFilter.UNBOUNDED);
        Optional<Instant> start = time(operation, START);
        Optional<Instant> stop = time(operation, STOP);
        if (start.isPresent() && start.get().isAfter(now)) {
            throw refused("bad-element", START, "the start of a replay cannot be in the future");
        }
        if (stop.isPresent() && start.isEmpty()) {
            throw refused("missing-element", START, "a " + STOP + " needs a " + START);
        }
        if (stop.isPresent() && stop.get().isBefore(start.orElseThrow())) {
            throw refused("bad-element", STOP, "it is before the " + START);
        }
        return new SubscriptionRequest(filter, start, stop);
    }

    private static Optional<Instant> time(Element operation, String parameter) throws RpcException {
        Optional<Element> given = Xml.child(operation, parameter);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(Xml.text(given.get())).toInstant());
        } catch (DateTimeException e) {
            throw refused(
                    "invalid-value",
                    parameter,
                    "'" + Xml.text(given.get()) + "' is no date and time, such as 2026-01-31T09:00:00Z");
        }
    }

    private static RpcException refused(String tag, String element, String message) {
        return new RpcException(RpcError.protocol(tag, message).withInfo("bad-element", element));
    }
}
