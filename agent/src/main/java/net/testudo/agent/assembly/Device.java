package net.testudo.agent.assembly;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.testudo.agent.ElementClient;
import net.testudo.agent.keystore.DeviceCredentials;
import net.testudo.agent.keystore.HostKey;
import net.testudo.agent.keystore.TlsAuthenticator;
import net.testudo.agent.management.ManagementServer;
import net.testudo.agent.management.QueuedManagementPort;
import net.testudo.agent.store.FileStateStore;
import net.testudo.agent.store.LoadedState;
import net.testudo.agent.store.StateLocation;
import net.testudo.element.cluster.StartImage;
import net.testudo.element.cluster.Timing;
import net.testudo.element.engine.Engine;
import net.testudo.element.engine.EngineContext;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.port.CertificateAuthenticator;
import net.testudo.element.port.DataPort;
import net.testudo.element.port.PacketPort;
import net.testudo.element.rehearsal.EngineRehearsal;
import net.testudo.pcapio.KernelGuard;
import net.testudo.pcapio.LinkWatch;
import net.testudo.pcapio.LocalNetwork;
import net.testudo.pcapio.PacketIo;
import net.testudo.pcapio.PortUnavailableException;
import net.testudo.pcapio.PortWait;
import net.testudo.pcapio.TapPort;
import net.testudo.pcapio.Traffic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One device: the element in this process, the agent in a process of its own. [#start] opens
/// everything, [#close] ends it in the opposite order: role of the master, agent, duty cycle, ports,
/// the guards so late that the kernel never answers in the place of the element, the state.
public final class Device implements AutoCloseable {
    /// Towards the device's own network stack.
    static final String TAP = "testudo";

    /// Milliseconds of imaginary time; enough that what runs per packet is compiled.
    private static final int REHEARSAL_STEPS = 6_000;
    private static final long LATENESS_REPORT_S = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);

    private final DeviceSettings settings;
    private final CloseStack opened = new CloseStack();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

    /// @param settings of the device; nothing is opened yet
    public Device(DeviceSettings settings) {
        this.settings = settings;
    }

    /// Starts the device. May be closed by another thread meanwhile.
    ///
    /// @throws IOException if something is missing: one line that says what to do; nothing is left behind then
    /// @throws InterruptedException if the thread was interrupted meanwhile
    public void start() throws IOException, InterruptedException {
        try {
            open();
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Waits for the end of the device.
    ///
    /// @return why the element stopped by itself, or null if it was closed
    /// @throws InterruptedException if the thread was interrupted meanwhile
    public @Nullable Throwable awaitEnd() throws InterruptedException {
        ended.await();
        return fault.get();
    }

    @Override
    public void close() {
        LOG.info("device {} ends", settings.identity().serial());
        ended.countDown();
        opened.close();
    }

    private void open() throws IOException, InterruptedException {
        ManagementAddress.of(settings.agent().managementPort());
        HeapTarget.raiseFor(settings.flows());
        HeapTarget.take();
        PortWait wait = opened.push(new PortWait());
        Runnable wakeUp = wait::wakeUp;
        DutyCycle dutyCycle = new DutyCycle(wait, this::onFault);
        StateLocation location = new StateLocation(settings.agent().stateDirectory(), settings.deviceKeyFile());
        FileStateStore store = opened.push(FileStateStore.open(location, HostKey::generate, wakeUp));
        report(store.loaded());
        StartImage image = startImage(store.loaded());
        rehearse(dutyCycle);
        guardPorts();
        LinkWatch links = opened.push(new LinkWatch());
        TapPort tap = opened.push(TapPort.open(TAP, links, wakeUp));
        LocalNetwork localNetwork = opened.push(LocalNetwork.on(tap));
        PacketIo packetIo = settings.packetIo();
        PacketPort clusterPort = opened.push(packetIo.open(settings.clusterPort(), Traffic.CLUSTER, links, wait));
        List<DataPort> dataPorts = new ArrayList<>();
        for (Map.Entry<String, String> port : settings.dataPorts().entrySet()) {
            PacketPort opening = packetIo.open(port.getValue(), Traffic.DATA, links, wait);
            dataPorts.add(new DataPort(port.getKey(), opened.push(opening)));
        }
        QueuedManagementPort management = opened.push(new QueuedManagementPort(wakeUp));
        FirstSnapshot first = new FirstSnapshot(store);
        management.addListener(first);
        management.addListener(new EventLog());
        TlsAuthenticator certificates = certificates(wakeUp);
        CapacityMeter capacity =
                opened.push(CapacityMeter.start(List.copyOf(settings.dataPorts().values())));
        Surroundings surroundings = new Surroundings(
                clusterPort,
                List.copyOf(dataPorts),
                tap,
                certificates,
                store,
                management,
                capacity,
                opened.push(ClockWatch.start()));
        opened.push(RealTimeGuard.start(dutyCycle));
        // Its thread opens nothing: who closes the device waits for the thread, and holds what is opened.
        opened.push(dutyCycle).start(realTime -> turns(context(surroundings, timing(realTime)), image));
        reportLateness(dutyCycle);
        first.await(ended);
        if (ended.getCount() == 0) {
            return; // closed, or the element failed, before it ran
        }
        startAgent(settings.agent().withHostKey(store.hostKey()), management, localNetwork);
        LOG.info("device {} runs", settings.identity().serial());
    }

    /// Before the duty cycle gets real-time scheduling: cold code under it would keep the compiler from
    /// its processor.
    private static void rehearse(DutyCycle dutyCycle) {
        long startNs = System.nanoTime();
        RealTimeGuard.rehearse(dutyCycle);
        SecureRandom random = new SecureRandom();
        long carried = EngineRehearsal.run(random::nextBytes, REHEARSAL_STEPS);
        LOG.info("rehearsed in {} ms: {} packets carried", (System.nanoTime() - startNs) / 1_000_000, carried);
    }

    private @Nullable TlsAuthenticator certificates(Runnable wakeUp) throws IOException {
        DeviceCredentials credentials = settings.credentials().orElse(null);
        return credentials == null
                ? null
                : opened.push(
                        TlsAuthenticator.open(credentials, settings.agent().stateDirectory(), wakeUp));
    }

    private EngineContext context(Surroundings surroundings, Timing timing) {
        SecureRandom random = new SecureRandom();
        return new EngineContext(
                settings.identity(),
                settings.joinKey(),
                surroundings.certificates(),
                timing,
                surroundings.cluster(),
                surroundings.data(),
                surroundings.local(),
                FlowLimits.forFlows(settings.flows()),
                surroundings.store(),
                surroundings.management(),
                random::nextBytes,
                System::currentTimeMillis,
                surroundings.capacity(),
                surroundings.clock());
    }

    private void guardPorts() throws PortUnavailableException {
        opened.push(KernelGuard.install(settings.clusterPort()));
        for (String port : settings.dataPorts().values()) {
            opened.push(KernelGuard.install(port));
        }
    }

    private void startAgent(AgentSettings agent, QueuedManagementPort management, LocalNetwork localNetwork)
            throws IOException {
        Path socket = AgentProcess.socket(agent.stateDirectory());
        ManagementServer server = opened.push(ManagementServer.start(socket, management));
        LocalAddress localAddress = opened.push(new LocalAddress(localNetwork, server::onClusterAccess));
        opened.push(management.addListener(localAddress));
        opened.push(AgentProcess.start(agent));
        opened.push(new HandOverAtEnd(management, () -> fault.get() == null));
    }

    private StartImage startImage(LoadedState loaded) throws IOException {
        byte[] image = loaded.image();
        StartImage start = image != null && loaded.recovery() == LoadedState.Recovery.FALLBACK
                ? StartImage.fallback(image, loaded.reason())
                : StartImage.of(image);
        if (start.isUnreadable()) {
            throw new IOException("state directory " + settings.agent().stateDirectory()
                    + " holds state that this version cannot read: install the version that wrote it,"
                    + " or remove the directory to start unconfigured");
        }
        return start;
    }

    private static DutyCycle.Turns turns(EngineContext context, StartImage image) {
        Engine engine = new Engine(context, image, System.nanoTime());
        return new DutyCycle.Turns() {
            @Override
            public int doWork(long nowNs) {
                return engine.doWork(nowNs);
            }

            @Override
            public boolean hasMore() {
                return engine.hasMore();
            }

            @Override
            public long nextDeadlineNs() {
                return engine.nextDeadlineNs();
            }
        };
    }

    private static Timing timing(boolean realTime) {
        if (realTime) {
            LOG.info("real-time scheduling granted");
            return Timing.REAL_TIME;
        }
        LOG.warn("no real-time scheduling, so failover takes longer: run as root, or with CAP_SYS_NICE");
        return Timing.ORDINARY;
    }

    private static void report(LoadedState loaded) {
        switch (loaded.recovery()) {
            case FIRST_START -> LOG.info("first start: no state yet");
            case INTACT -> LOG.info("state read");
            case FALLBACK -> LOG.warn("started with the last good state, its votes are void: {}", loaded.reason());
        }
    }

    private void reportLateness(DutyCycle dutyCycle) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("lateness-report").daemon().factory());
        opened.push(timer);
        Runnable report = () -> {
            long lateNs = dutyCycle.takeLatenessNs();
            long turnNs = dutyCycle.takeLongestTurnNs();
            if (Math.max(lateNs, turnNs) > Timing.REAL_TIME.statusNs()) {
                LOG.warn(
                        "duty cycle late by up to {} ms, a turn took up to {} ms: the machine is overloaded",
                        lateNs / 1_000_000,
                        turnNs / 1_000_000);
            }
        };
        var _ = timer.scheduleWithFixedDelay(report, LATENESS_REPORT_S, LATENESS_REPORT_S, TimeUnit.SECONDS);
    }

    private void onFault(Throwable e) {
        LOG.error("the element failed and stops; other devices take over", e);
        fault.compareAndSet(null, e);
        ended.countDown();
    }

    /// What the engine works with, all of it open.
    private record Surroundings(
            PacketPort cluster,
            List<DataPort> data,
            TapPort local,
            @Nullable CertificateAuthenticator certificates,
            FileStateStore store,
            QueuedManagementPort management,
            CapacityMeter capacity,
            ClockWatch clock) {}

    /// The first snapshot lets the servers start; when the device leaves its cluster, older state is
    /// made unreadable.
    private static final class FirstSnapshot implements ElementClient.Listener {
        private final CountDownLatch published = new CountDownLatch(1);
        private final FileStateStore store;
        private boolean inCluster;

        FirstSnapshot(FileStateStore store) {
            this.store = store;
        }

        @Override
        public void onEvent(ElementEvent event) {
            // membership is read from the snapshots
        }

        @Override
        public void onSnapshot(ElementSnapshot snapshot) {
            published.countDown();
            boolean member = !snapshot.clusterId().isEmpty();
            if (inCluster && !member) {
                store.forgetOlder();
            }
            inCluster = member;
        }

        void await(CountDownLatch ended) throws InterruptedException {
            while (!published.await(100, TimeUnit.MILLISECONDS)) {
                if (ended.getCount() == 0) {
                    return;
                }
            }
        }
    }
}
