package net.testudo.agent.netconf;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import net.testudo.agent.ElementClient;
import net.testudo.agent.access.Access;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.northbound.eventlog.EventNotification;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import org.jspecify.annotations.Nullable;

/// The stream `NETCONF` (RFC 5277 §3.2.3): what the event log of the cluster says, in its order. All members hold that
/// log, so that the next master replays what this one told. And what every server tells (RFC 6470): all members tell
/// the same of running, each one of its own sessions; that is replayed as far as this process saw it.
///
/// Safe for use by any thread.
final class EventStream implements ElementClient.Listener, AutoCloseable {
    /// The name of the stream.
    static final String NAME = "NETCONF";

    /// More than the log has, as it may lose records for a while.
    private static final int KNOWN_MAX = 4 * EventLog.RECORDS_MAX;

    private static final String STATE = "/nc-notifications:netconf/streams/stream[name='" + NAME + "']";

    /// How many notifications are kept that the log of the cluster does not have.
    private static final int BASE_MAX = 256;

    /// A notification of the stream.
    ///
    /// @param time when it happened
    /// @param module name of its module
    /// @param name of the notification
    /// @param lines the notification as canonical lines, as its reader may see it
    record Entry(Instant time, String module, String name, Function<Access, String> lines) {
        static Entry of(ElementEvent event, Instant time) {
            return new Entry(
                    time, EventNotification.MODULE, EventNotification.name(event), _ -> EventNotification.lines(event));
        }
    }

    private final ElementClient element;
    private final CanonicalXml xml;
    private final EventTimes times;
    private final List<Subscription> subscriptions = new ArrayList<>();
    /// What was told, by event id: a time stays the same, and a record that another master orders anew is no news.
    private final Map<String, Entry> known = new LinkedHashMap<>();
    private List<Entry> log = List.of();
    private final Deque<Entry> base = new ArrayDeque<>();
    private final RunningChanges running;
    private final InstantSource clock;
    private final AtomicReference<@Nullable ElementSnapshot> newest = new AtomicReference<>();
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("netconf-notify").daemon().factory());
    private final ElementClient.Subscription listening;

    EventStream(Models models, ElementClient element, InstantSource clock) {
        this.element = element;
        this.clock = clock;
        xml = new CanonicalXml(models);
        running = new RunningChanges(models, element.snapshot());
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
                entry = Entry.of(event, times.of(event, snapshot));
                fresh.add(entry);
                known.put(event.id(), entry);
            }
            entries.add(entry);
        }
        log = entries;
        for (BaseNotification notification : running.until(snapshot)) {
            fresh.add(keep(notification));
        }
        while (known.size() > KNOWN_MAX) {
            known.remove(known.keySet().iterator().next());
        }
        for (Subscription subscription : List.copyOf(subscriptions)) {
            fresh.forEach(subscription::tell);
        }
    }

    private Entry keep(BaseNotification notification) {
        Entry entry = new Entry(
                clock.instant(), BaseNotification.MODULE, notification.name(), reader -> notification.lines(reader));
        base.add(entry);
        if (base.size() > BASE_MAX) {
            base.remove();
        }
        return entry;
    }

    /// Tells of something that happened at this server.
    void tell(BaseNotification notification) {
        try {
            teller.execute(() -> tellAll(notification));
        } catch (RejectedExecutionException _) {
            // The server is being closed, and with it all subscriptions.
        }
    }

    private synchronized void tellAll(BaseNotification notification) {
        Entry entry = keep(notification);
        List.copyOf(subscriptions).forEach(subscription -> subscription.tell(entry));
    }

    /// All that is kept, in its order.
    private List<Entry> past() {
        List<Entry> past = new ArrayList<>();
        Deque<Entry> between = new ArrayDeque<>(base);
        for (Entry entry : log) {
            while (!between.isEmpty() && between.getFirst().time().isBefore(entry.time())) {
                past.add(between.removeFirst());
            }
            past.add(entry);
        }
        past.addAll(between);
        return past;
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
            subscription.replay(past());
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
                        "What happens in the cluster: the notifications of testudo-cluster, as its event log has"
                                + " them, and those of ietf-netconf-notifications")
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
