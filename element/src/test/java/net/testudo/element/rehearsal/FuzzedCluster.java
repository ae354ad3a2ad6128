package net.testudo.element.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.testudo.element.cluster.Timing;
import net.testudo.element.engine.Engine;
import net.testudo.element.engine.EngineContext;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.management.SystemClock;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.DataPort;
import net.testudo.element.wire.cluster.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/// Three devices, a client and a server, and somebody who may change what arrives at the devices.
final class FuzzedCluster {
    static final int DEVICES = 3;
    /// Datagrams in each millisecond.
    static final int DATAGRAMS = 4;
    private static final long STEP_NS = 1_000_000L;
    private static final int CLIENT = 0xc633_6464;
    private static final int SERVER = 0x0a0a_0064;
    private static final int OUTSIDE = 0xc633_6401;
    private static final int PORT = 5_000;

    final Resealer resealer = new Resealer();
    private final MemoryNetwork[] networks = {new MemoryNetwork(), new MemoryNetwork(), new MemoryNetwork()};
    private final List<MutatingPort> ports = new ArrayList<>();
    private final List<Engine> engines = new ArrayList<>();
    private final List<StoredAgent> agents = new ArrayList<>();
    private final List<EngineContext> contexts = new ArrayList<>();
    private final RehearsedHost client = new RehearsedHost(networks[1].attach("client", 0x0200_0000_0a01L), CLIENT);
    private final RehearsedHost server = new RehearsedHost(networks[2].attach("server", 0x0200_0000_0a02L), SERVER);
    private long nowNs;
    private long asked;

    FuzzedCluster(long seed) {
        RandomGenerator entropy = new SplittableRandom(seed);
        for (int device = 1; device <= DEVICES; device++) {
            StoredAgent agent = new StoredAgent();
            EngineContext context = new EngineContext(
                    new DeviceIdentity("R" + device, "rehearsal", "1", "1", "1", List.of(), "", ProtocolVersions.OWN),
                    RehearsedCluster.JOIN_KEY,
                    null,
                    Timing.REAL_TIME,
                    port(0, device),
                    List.of(new DataPort("outside", port(1, device)), new DataPort("inside", port(2, device))),
                    null,
                    FlowLimits.SMALL,
                    agent,
                    agent,
                    octets -> {
                        entropy.nextBytes(octets);
                        resealer.drew(octets);
                    },
                    () -> 0,
                    () -> Capacity.UNKNOWN,
                    () -> SystemClock.UNKNOWN);
            agents.add(agent);
            contexts.add(context);
            engines.add(new Engine(context, (byte[]) null, 0));
        }
    }

    private MutatingPort port(int path, int device) {
        long mac = 0x0200_0000_0100L * (path + 1) + device;
        MutatingPort port = new MutatingPort(networks[path].attach("p" + path, mac), device, path);
        ports.add(port);
        return port;
    }

    void meddleBy(@Nullable Meddler meddler) {
        ports.forEach(port -> port.meddleBy(meddler));
    }

    void form() {
        turns(300);
        agents.getFirst().ask(new Request.Commit(++asked, "fuzz", 0, RehearsedCluster.content()));
        turns(300);
        for (int device = 2; device <= DEVICES; device++) {
            agents.getFirst().ask(new Request.Join(++asked, "R" + device));
            turns(300);
        }
    }

    /// The configuration gets another name, by whoever is master.
    void rename(String name) {
        for (int device = 1; device <= DEVICES; device++) {
            ElementSnapshot snapshot = snapshot(device);
            if (snapshot.masterServing()) {
                Content content = snapshot.content();
                String renamed = content.configuration().replaceFirst("/name = .*\n", "/name = " + name + "\n");
                agents.get(device - 1)
                        .ask(new Request.Commit(
                                ++asked, name, snapshot.revision(), new Content(renamed, content.secrets())));
            }
        }
    }

    /// Asks the master to hand over.
    void failOver() {
        agents.forEach(agent -> agent.ask(new Request.Failover(++asked, 0, 0, "fuzz")));
    }

    void carry(int steps) {
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < DATAGRAMS; i++) {
                client.send(20_000 + (step * DATAGRAMS + i) % 512, OUTSIDE, PORT + i);
            }
            turns(1);
        }
    }

    void turns(int count) {
        for (int i = 0; i < count; i++) {
            nowNs += STEP_NS;
            engines.forEach(engine -> engine.doWork(nowNs));
            client.doWork(false);
            server.doWork(true);
        }
    }

    /// All processes end and start again from what is on their disks.
    void restart() {
        for (int i = 0; i < DEVICES; i++) {
            agents.get(i).restarted();
            engines.set(i, new Engine(contexts.get(i), agents.get(i).image(), nowNs));
        }
    }

    ElementSnapshot snapshot(int device) {
        return engines.get(device - 1).snapshot(nowNs);
    }

    /// How often `device` wrote its durable state.
    int writes(int device) {
        return agents.get(device - 1).writes();
    }

    /// Datagrams that came back so far.
    long answered() {
        return client.answered();
    }

    /// What all devices say of the cluster, as one text: the same while nothing changes.
    String standing() {
        StringBuilder text = new StringBuilder();
        for (int device = 1; device <= DEVICES; device++) {
            ElementSnapshot s = snapshot(device);
            text.append("%d: %s epoch %d master %d%s revision %d %s writes %d%n"
                    .formatted(
                            device,
                            s.role(),
                            s.epoch(),
                            s.master(),
                            s.memberServing() ? " serves" : " does not serve",
                            s.revision(),
                            s.configHash(),
                            writes(device)));
            s.members()
                    .forEach(m -> text.append("  %d %s%s%s%n"
                            .formatted(
                                    m.device(),
                                    m.role(),
                                    m.reachable() ? "" : " silent",
                                    m.inSync() ? "" : " not in sync")));
        }
        return text.toString();
    }

    /// Whether one master leads, all serve, hold one revision with this name, and see each other.
    boolean isWhole(String name) {
        int masters = 0;
        for (int device = 1; device <= DEVICES; device++) {
            ElementSnapshot snapshot = snapshot(device);
            masters += snapshot.masterServing() ? 1 : 0;
            boolean well = snapshot.memberServing()
                    && snapshot.clusterName().equals(name)
                    && snapshot.members().size() == DEVICES
                    && snapshot.members().stream().allMatch(m -> m.voter() && m.reachable() && m.inSync());
            if (!well) {
                return false;
            }
        }
        return masters == 1;
    }
}
