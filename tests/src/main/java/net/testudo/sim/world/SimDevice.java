package net.testudo.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.testudo.element.engine.Engine;
import net.testudo.element.engine.EngineContext;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.flow.FlowTable;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.SystemClock;
import net.testudo.element.net.MacAddress;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.DataPort;
import net.testudo.element.resource.PortLeases;
import net.testudo.element.wire.cluster.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/// One device: a real engine with simulated ports, disk, agent, clock and scheduler.
///
/// The engine is called when a frame arrives, a write completes, a request waits or its own deadline comes, a
/// little late each time. A stalled device is not called; what arrives meanwhile waits in its rings.
public final class SimDevice {
    /// Whether the device's process runs.
    public enum State {
        /// There is no process.
        OFF,
        /// The process runs.
        RUNNING,
        /// The process exists but gets no processor time.
        STALLED
    }

    private static final long TURN_NS = 10_000;
    private static final int LATE_FACTOR = 30;
    /// Simulated time begins at the start of 2026.
    private static final long WALL_EPOCH_MS = 1_767_225_600_000L;

    private final int number;
    private DeviceProfile profile;
    private final EventQueue queue;
    private final RandomGenerator random;
    private final Observer observer;
    private final SimPort clusterPort;
    private final List<SimPort> dataPorts = new ArrayList<>();
    private final SimDisk disk;
    private final SimManagement management;
    private SimClock clock;
    private State state = State.OFF;
    private @Nullable Engine engine;
    private long wakeAtNs = Long.MAX_VALUE;
    private long wakeToken;
    private long stallToken;
    private Consumer<Engine> meddling = _ -> {};
    private int meddledTurns;
    private int starts;
    private ProtocolVersions versions = ProtocolVersions.OWN;
    private SystemClock systemClock = SystemClock.UNKNOWN;
    private long wallSkewMs;
    private long startedNs;
    private Capacity capacity = new Capacity(10, 4, 2000);

    SimDevice(int number, DeviceProfile profile, SimWorld world) {
        this.number = number;
        this.profile = profile;
        this.queue = world.queue();
        this.random = world.splitRandom();
        this.observer = world.observer();
        this.clock = profile.clock();
        this.disk = new SimDisk(queue, world.splitRandom(), this::wake);
        this.management = new SimManagement(this, observer);
        SimPort.Watcher watcher = new PortWatcher();
        this.clusterPort = new SimPort(world.cluster(), mac(0), this::wake, watcher);
        for (int i = 0; i < world.dataNetworks().size(); i++) {
            dataPorts.add(new SimPort(world.dataNetworks().get(i), mac(i + 1), this::wake, watcher));
        }
    }

    /// Its number in the world, from 1; not its number in a cluster.
    public int number() {
        return number;
    }

    /// Its serial number.
    public String serial() {
        return profile.serial();
    }

    /// The times it was given.
    public DeviceProfile profile() {
        return profile;
    }

    /// Whether it runs.
    public State state() {
        return state;
    }

    /// How often its process was started.
    public int starts() {
        return starts;
    }

    /// Its disk.
    public SimDisk disk() {
        return disk;
    }

    /// The agent's side of its management.
    public SimManagement management() {
        return management;
    }

    /// Its port on the cluster network.
    public SimPort clusterPort() {
        return clusterPort;
    }

    /// Its ports on the data networks, in their order.
    public List<SimPort> dataPorts() {
        return dataPorts;
    }

    /// What its clock shows now.
    public long localNs() {
        return clock.localNs(queue.nowNs());
    }

    /// What its wall clock shows: the right time, or what [#skewWallClock] made of it, in milliseconds of Unix time.
    private long wallMs() {
        return WALL_EPOCH_MS + wallSkewMs + queue.nowNs() / 1_000_000;
    }

    /// Whether it may answer for the cluster addresses now; a stalled device may still have a lease.
    public boolean masterServing() {
        return engine != null && engine.masterServing(localNs());
    }

    /// Whether it may forward now.
    public boolean memberServing() {
        return engine != null && engine.memberServing(localNs());
    }

    /// The flows it may forward packets of now, or null if it may not forward any.
    public @Nullable FlowTable carriedFlows() {
        return engine == null ? null : engine.carriedFlows(localNs());
    }

    /// The leases of translated ports if it serves as master and may assign flows, else null.
    public @Nullable PortLeases portLeases() {
        return engine == null ? null : engine.portLeases(localNs());
    }

    /// Its state at this moment, or null if it does not run or says nothing yet.
    public @Nullable ElementSnapshot snapshot() {
        return engine == null ? null : engine.snapshot(localNs());
    }

    /// The configuration that it holds at this moment, or null if it does not run.
    public Engine.@Nullable Decided decided() {
        return engine == null ? null : engine.decided();
    }

    /// Starts the process with what is on the disk.
    public void start() {
        if (state != State.OFF) {
            return;
        }
        state = State.RUNNING;
        starts++;
        List<DataPort> data = new ArrayList<>();
        clusterPort.open();
        for (SimPort port : dataPorts) {
            port.open();
            data.add(new DataPort(port.name(), port));
        }
        DeviceIdentity identity =
                new DeviceIdentity(profile.serial(), "simulated", "1", "1", "0.1.0", List.of(), "", versions);
        EngineContext context = new EngineContext(
                identity,
                profile.joinKey(),
                null,
                profile.timing(),
                clusterPort,
                data,
                null,
                FlowLimits.SMALL,
                disk,
                management,
                random::nextBytes,
                this::wallMs,
                () -> capacity,
                () -> systemClock);
        observer.onStart(this);
        startedNs = localNs();
        engine = new Engine(context, disk.image(), startedNs);
        wake();
    }

    /// Starts the process after its machine was switched off: the clock begins anew.
    ///
    /// @param offsetNs what the clock shows at simulated time 0
    public void startWithClock(long offsetNs) {
        if (state == State.OFF) {
            clock = new SimClock(offsetNs, clock.rate());
            start();
        }
    }

    /// Another device takes its place, or the former one again, with an empty disk.
    public void exchange() {
        if (state == State.OFF) {
            profile = profile.exchanged();
            disk.replaceImage(null);
        }
    }

    /// Ends the process at once; what was not written is lost.
    public void crash() {
        if (state == State.OFF) {
            return;
        }
        state = State.OFF;
        engine = null;
        wakeAtNs = Long.MAX_VALUE;
        wakeToken++;
        stallToken++;
        disk.crash();
        management.crash();
        clusterPort.close();
        dataPorts.forEach(SimPort::close);
        observer.onCrash(this);
    }

    /// Does something to the engine from outside, before each of its next `turns`; for faults that no port can bring.
    public void meddle(Consumer<Engine> what, int turns) {
        meddling = what;
        meddledTurns = turns;
        wake();
    }

    /// Which versions of the cluster protocol its software speaks, from the next start on.
    public void install(ProtocolVersions spoken) {
        versions = spoken;
    }

    /// What is installed on it.
    public ProtocolVersions versions() {
        return versions;
    }

    /// Sets its wall clock wrong.
    public void skewWallClock(long skewMs) {
        wallSkewMs = skewMs;
        wake();
    }

    /// What its system says of its wall clock.
    public void setSystemClock(SystemClock read) {
        systemClock = read;
        wake();
    }

    /// How long its process runs, by its own clock.
    public long runningNs() {
        return localNs() - startedNs;
    }

    /// Makes it measure its hardware as `measured`, also after a restart.
    public void setCapacity(Capacity measured) {
        capacity = measured;
        wake();
    }

    /// What it measures of its hardware.
    public Capacity capacity() {
        return capacity;
    }

    /// Takes the processor away until [#resume].
    public void stall() {
        if (state == State.RUNNING) {
            state = State.STALLED;
            stallToken++;
        }
    }

    /// Takes the processor away for a time.
    public void stall(long durationNs) {
        stall();
        long token = stallToken;
        queue.after(durationNs, () -> {
            if (token == stallToken) {
                resume();
            }
        });
    }

    /// Gives the processor back.
    public void resume() {
        if (state == State.STALLED) {
            state = State.RUNNING;
            stallToken++;
            wakeAtNs = Long.MAX_VALUE;
            wake();
        }
    }

    /// Something waits for the engine: calls it soon.
    void wake() {
        wakeAfter(0);
    }

    private void wakeAfter(long delayNs) {
        if (state != State.RUNNING) {
            return;
        }
        if (queue.nowNs() + delayNs >= wakeAtNs) {
            return;
        }
        wakeAtNs = queue.nowNs() + delayNs + latenessNs();
        long token = ++wakeToken;
        queue.at(wakeAtNs, () -> {
            if (token == wakeToken && state == State.RUNNING) {
                turn();
            }
        });
    }

    private void turn() {
        Engine called = engine;
        if (called == null) {
            return;
        }
        wakeAtNs = Long.MAX_VALUE;
        if (meddledTurns > 0) {
            meddledTurns--;
            meddling.accept(called);
        }
        int work = called.doWork(localNs());
        observer.onTurn(this, work);
        if (state != State.RUNNING || called != engine) {
            return;
        }
        boolean waits = clusterPort.waiting() || disk.reported() || management.requested();
        for (SimPort port : dataPorts) {
            waits |= port.waiting();
        }
        wakeAfter(waits ? TURN_NS : Math.max(TURN_NS, clock.untilNs(queue.nowNs(), called.nextDeadlineNs())));
    }

    private long latenessNs() {
        long latenessNs = profile.latenessNs();
        if (profile.lateShare() > 0 && random.nextDouble() < profile.lateShare()) {
            latenessNs *= LATE_FACTOR;
        }
        return latenessNs == 0 ? 0 : random.nextLong(latenessNs);
    }

    private final class PortWatcher implements SimPort.Watcher {
        @Override
        public void onSend(SimPort port, byte[] frame) {
            observer.onSend(SimDevice.this, port, frame);
        }

        @Override
        public void onReceive(SimPort port, byte[] frame) {
            observer.onReceive(SimDevice.this, port, frame);
        }
    }

    private MacAddress mac(int port) {
        return new MacAddress(0x0200_0000_0000L | (long) port << 8 | number);
    }

    @Override
    public String toString() {
        return "device " + number;
    }
}
