package net.testudo.agent.netconf;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.testudo.agent.access.Access;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.Xml;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// What one session is told of the stream (RFC 5277). It hears of events under the lock of the stream; what its
/// user may read of them, and its filter, are looked at when their turn comes.
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final String COMPLETE = "urn:ietf:params:xml:ns:netmod:notification";

    private final EventStream stream;
    private final NetconfSession session;
    private final SubscriptionRequest request;
    private final InstantSource clock;
    private final Supplier<Optional<Access>> rights;

    Subscription(
            EventStream stream,
            NetconfSession session,
            SubscriptionRequest request,
            InstantSource clock,
            Supplier<Optional<Access>> rights) {
        this.stream = stream;
        this.session = session;
        this.request = request;
        this.clock = clock;
        this.rights = rights;
    }

    /// Whether there still is somebody to be told.
    boolean isOpen() {
        return session.isOpen();
    }

    /// Tells what of `log` the client wants to hear, and that this was the past; and ends when its end is over.
    void replay(List<EventStream.Entry> log) {
        if (request.start().isPresent()) {
            log.stream()
                    .filter(entry -> !entry.time().isBefore(request.start().get()))
                    .forEach(this::tell);
            complete("replayComplete");
        }
        request.stop().ifPresent(stop -> session.later(Duration.between(clock.instant(), stop), this::finish));
    }

    /// Tells of an event, if the client wants to hear of it.
    void tell(EventStream.Entry entry) {
        if (request.stop().isEmpty() || !entry.time().isAfter(request.stop().get())) {
            session.tell(() -> notifications(entry));
        }
    }

    private List<Document> notifications(EventStream.Entry entry) {
        Optional<Access> access = rights.get();
        if (access.isEmpty() || !access.get().mayHear(entry.module(), entry.name())) {
            return List.of();
        }
        Element data = Xml.root(Xml.BASE, "data");
        try {
            stream.xml().append(data, entry.lines().apply(access.get()));
            request.filter().apply(data, DataFilter.UNBOUNDED);
        } catch (CanonicalFormException | RpcException e) {
            LOG.error("session {} cannot be told of {}", session.id(), entry.name(), e);
            return List.of();
        }
        return Xml.children(data).stream()
                .map(content -> notification(entry.time(), content))
                .toList();
    }

    /// Nothing more comes; the session goes on without a subscription.
    private void finish() {
        stream.end(this);
        complete("notificationComplete");
        session.unsubscribed();
    }

    private void complete(String name) {
        session.tell(() -> List.of(notification(clock.instant(), Xml.root(COMPLETE, name))));
    }

    private static Document notification(Instant time, Element content) {
        Element notification = Xml.root(SubscriptionRequest.NAMESPACE, "notification");
        Xml.append(
                notification,
                SubscriptionRequest.NAMESPACE,
                "eventTime",
                time.truncatedTo(ChronoUnit.MILLIS).toString());
        notification.appendChild(notification.getOwnerDocument().adoptNode(content));
        return notification.getOwnerDocument();
    }
}
