package net.testudo.agent.netconf;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import net.testudo.agent.ElementClient;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import org.jspecify.annotations.Nullable;

/// The stream `NETCONF` (RFC 5277 §3.2.3): what the event log of the cluster says, in its order. All members hold that
/// log, so that the next master replays what this one told.
///
/// Safe for use by any thread.
final class EventStream implements ElementClient.Listener, AutoCloseable {
    /// The name of the stream.
    static final String NAME = "NETCONF";

    /// More than the log has, as it may lose records for a while.
    private static final int KNOWN_MAX = 4 * EventLog.RECORDS_MAX;

    private static final String STATE = "/nc-notifications:netconf/streams/stream[name='" + NAME + "']";

    /// A record of the log.
    ///
    /// @param time when it happened
    record Entry(ElementEvent event, Instant time) {}

    private final ElementClient element;
    private final CanonicalXml xml;
    private final EventTimes times;
    private final List<Subscription> subscriptions = new ArrayList<>();
    /// What was told, by event id: a time stays the same, and a record that another master orders anew is no news.
    private final Map<String, Entry> known = new LinkedHashMap<>();
    private List<Entry> log = List.of();
    private final AtomicReference<@Nullable ElementSnapshot> newest = new AtomicReference<>();
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("netconf-notify").daemon().factory());
    private final ElementClient.Subscription listening;

    EventStream(ElementClient element, CanonicalXml xml, InstantSource clock) {
        this.element = element;
        this.xml = xml;
        times = new EventTimes(clock);
        take(element.snapshot());
        listening = element.addListener(this);
    }

    /// What is told has its place in the log, and comes with the snapshot that shows it.
    @Override
    public void onEvent(ElementEvent event) {}

    /// A client's filter may be slow, and others wait for this thread.
    @Override
    public void onSnapshot(ElementSnapshot snapshot) {
        if (newest.getAndSet(snapshot) == null) {
            teller.execute(this::takeNewest);
        }
    }

    private void takeNewest() {
        ElementSnapshot snapshot = newest.getAndSet(null);
        if (snapshot != null) {
            take(snapshot);
        }
    }

    private synchronized void take(ElementSnapshot snapshot) {
        List<LoggedEvent> records = snapshot.log().records();
        List<Entry> entries = new ArrayList<>(records.size());
        List<Entry> fresh = new ArrayList<>();
        for (LoggedEvent record : records) {
            ElementEvent event = record.event();
            Entry entry = known.get(event.id());
            if (entry == null) {
                entry = new Entry(event, times.of(event, snapshot));
                fresh.add(entry);
                known.put(event.id(), entry);
            }
            entries.add(entry);
        }
        log = entries;
        while (known.size() > KNOWN_MAX) {
            known.remove(known.keySet().iterator().next());
        }
        for (Subscription subscription : List.copyOf(subscriptions)) {
            fresh.forEach(subscription::tell);
        }
    }

    /// Begins to tell a session what it asked for, the past first. Nothing that happens once the client has
    /// the reply is left out.
    ///
    /// @param reply sends the reply
    synchronized void begin(Subscription subscription, Runnable reply) {
        take(element.snapshot());
        reply.run();
        if (subscription.isOpen()) {
            subscriptions.add(subscription);
            subscription.replay(log);
        }
    }

    /// Tells this subscription nothing any more.
    synchronized void end(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /// The stream as canonical lines of `nc-notifications`.
    String lines() {
        return CanonicalLine.of(
                        STATE + "/description",
                        "What happens in the cluster: the notifications of testudo-cluster, as its event log has them")
                + CanonicalLine.of(STATE + "/replaySupport", "true")
                + CanonicalLine.of(
                        STATE + "/replayLogCreationTime",
                        times.clusterStarted(element.snapshot()).toString());
    }

    CanonicalXml xml() {
        return xml;
    }

    @Override
    public void close() {
        listening.close();
        teller.shutdownNow();
    }
}
