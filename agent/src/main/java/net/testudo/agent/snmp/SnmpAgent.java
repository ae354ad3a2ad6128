package net.testudo.agent.snmp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The SNMP agent of one device. It follows the element: as soon as the device is in a cluster, and with each new
/// revision, the cluster's engine is made ready here. [#activate] puts it into service at the cluster's address,
/// [#passivate] takes it out again; both can be called as often as the serving lease comes and goes.
///
/// ```
///  start -> PASSIVE --activate--> ACTIVE        ACTIVE: answers, sends notifications
///              ^                    |           PASSIVE: holds events that it may have to report later
///              +-----passivate------+
/// ```
///
/// Safe for use by any thread.
public final class SnmpAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnmpAgent.class);

    private final ElementClient element;
    private final LongSupplier clockNs;
    private final NotifyThread thread = new NotifyThread();
    private final NotificationCounters counters = new NotificationCounters();
    /// Also the lock of what an event needs, so that events never wait for the making of keys.
    private final HeldEvents held = new HeldEvents();

    private final AtomicBoolean followWaits = new AtomicBoolean();
    private ElementClient.@Nullable Subscription subscription;
    private volatile @Nullable Ready ready;
    private volatile @Nullable ElementSnapshot followed;
    private volatile boolean active;
    /// Where it was activated last.
    private @Nullable InetSocketAddress address;
    private volatile int boots = -1;

    /// What there is while the device is in a cluster.
    private record Ready(SnmpConfig config, SnmpEngine engine, NotificationSender sender) {}

    private SnmpAgent(ElementClient element, LongSupplier clockNs) {
        this.element = element;
        this.clockNs = clockNs;
    }

    /// Starts the agent, passive. The element must have published a snapshot.
    public static SnmpAgent start(ElementClient element) {
        return start(element, System::nanoTime);
    }

    /// As [#start(ElementClient)], with the clock of the snapshots.
    static SnmpAgent start(ElementClient element, LongSupplier clockNs) {
        SnmpAgent agent = new SnmpAgent(element, clockNs);
        agent.follow(element.snapshot());
        agent.subscribe();
        return agent;
    }

    private synchronized void subscribe() {
        subscription = element.addListener(new ElementClient.Listener() {
            @Override
            public void onEvent(ElementEvent event) {
                SnmpAgent.this.onEvent(event);
            }

            @Override
            public void onSnapshot(ElementSnapshot snapshot) {
                // Making the keys of new users takes time that the delivery thread does not have.
                if (isNews(snapshot) && followWaits.compareAndSet(false, true)) {
                    thread.execute(() -> {
                        followWaits.set(false);
                        follow(element.snapshot());
                    });
                }
            }
        });
    }

    /// Puts the engine into service: this device is the serving master now, and `listen` is up.
    ///
    /// Does nothing if it is in service already.
    ///
    /// @param listen the cluster's address, usually with port 161; notifications are sent from there too
    /// @throws IOException if the address cannot be bound; the agent stays passive, and it can be tried again
    /// @throws IllegalStateException if the device is in no cluster
    public synchronized void activate(InetSocketAddress listen) throws IOException {
        ElementSnapshot snapshot = element.snapshot();
        follow(snapshot);
        if (active) {
            return;
        }
        Ready cluster = ready;
        if (cluster == null) {
            throw new IllegalStateException("SNMP has nobody to speak for: this device is in no cluster");
        }
        open(cluster, listen, snapshot);
    }

    private void open(Ready cluster, InetSocketAddress listen, ElementSnapshot snapshot) throws IOException {
        boots = bootsOf(snapshot);
        long nowNs = clockNs.getAsLong();
        cluster.engine.open(listen, boots, engineTimeS(snapshot, nowNs), nowNs);
        address = listen;
        cluster.sender.resume();
        LOG.info("SNMP answers at {} as engine {}, boots {}", listen, cluster.config.engineId(), boots);
        synchronized (held) {
            active = true;
            held.takeOver(snapshot).forEach(event -> report(cluster, snapshot, event));
        }
    }

    /// Takes the engine out of service: the listener is closed, and what waits for targets goes on waiting: nobody else
    /// knows of it. Does nothing if it is not in service.
    public synchronized void passivate() {
        Ready cluster = ready;
        boolean wasActive;
        synchronized (held) {
            wasActive = active;
            active = false;
        }
        if (wasActive && cluster != null) {
            cluster.sender.pause();
            cluster.engine.closeListener();
            LOG.info("SNMP is passive");
        }
    }

    /// Whether the engine is in service.
    public boolean active() {
        return active;
    }

    /// The UDP port on which it listens, 0 if it is not in service.
    public synchronized int port() {
        Ready cluster = ready;
        return cluster == null ? 0 : cluster.engine.port();
    }

    /// What became of notifications since the start.
    public NotificationCounters counters() {
        return counters;
    }

    /// Ends everything.
    @Override
    public void close() {
        synchronized (this) {
            if (subscription != null) {
                subscription.close();
            }
            passivate();
            drop();
        }
        thread.close();
    }

    private boolean isNews(ElementSnapshot snapshot) {
        ElementSnapshot last = followed;
        return last == null
                || last.revision() != snapshot.revision()
                || !last.clusterId().equals(snapshot.clusterId())
                || (active && bootsOf(snapshot) != boots);
    }

    /// Makes the engine what the snapshot's revision says.
    private synchronized void follow(ElementSnapshot snapshot) {
        if (!isNews(snapshot)) {
            return;
        }
        followed = snapshot;
        Optional<SnmpConfig> read = SnmpConfigReader.read(snapshot);
        if (read.isEmpty()) {
            passivate();
            drop();
            return;
        }
        SnmpConfig config = read.get();
        Ready last = ready;
        if (last != null && last.config.engineId().equals(config.engineId())) {
            last.engine.apply(config);
            last.sender.setTargets(config.targets());
            ready = new Ready(config, last.engine, last.sender);
            if (active && bootsOf(snapshot) != boots) {
                boots = bootsOf(snapshot);
                last.engine.setEngineTime(boots, engineTimeS(snapshot, clockNs.getAsLong()));
            }
            return;
        }
        // Another engine id is another engine.
        boolean wasActive = active;
        passivate();
        drop();
        SnmpEngine engine = new SnmpEngine(config, element, clockNs);
        NotificationSender sender = new NotificationSender(engine, thread, counters);
        sender.setTargets(config.targets());
        Ready next = new Ready(config, engine, sender);
        ready = next;
        InetSocketAddress at = address;
        if (wasActive && at != null) {
            goOn(next, at, snapshot);
        }
    }

    private void goOn(Ready cluster, InetSocketAddress at, ElementSnapshot snapshot) {
        try {
            open(cluster, at, snapshot);
        } catch (IOException e) {
            LOG.error("{}; SNMP is passive until this device becomes master again", e.getMessage());
        }
    }

    private void drop() {
        Ready last = ready;
        if (last != null) {
            last.engine.close();
            ready = null;
            boots = -1;
        }
    }

    /// It goes on while the count of boots stays: over a lease that is lost and got back, and over an agent's restart.
    private static int engineTimeS(ElementSnapshot snapshot, long nowNs) {
        return (int) TimeUnit.NANOSECONDS.toSeconds(Math.max(0, nowNs - snapshot.engineBootsNs()));
    }

    private static int bootsOf(ElementSnapshot snapshot) {
        return Math.clamp(snapshot.engineBoots(), 0, Integer.MAX_VALUE);
    }

    private void onEvent(ElementEvent event) {
        ElementSnapshot snapshot = element.snapshot();
        synchronized (held) {
            Ready cluster = ready;
            if (active && cluster != null && snapshot.masterServing()) {
                report(cluster, snapshot, event);
            } else {
                held.add(event);
            }
        }
    }

    /// A deposed master hears of the switch as well; the new one tells of it.
    private void report(Ready cluster, ElementSnapshot snapshot, ElementEvent event) {
        if (event.kind() != ElementEvent.Kind.MASTER_SWITCHED || event.device() == snapshot.device()) {
            cluster.sender.send(event);
        }
    }
}
