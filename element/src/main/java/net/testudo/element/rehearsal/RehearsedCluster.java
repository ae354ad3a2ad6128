package net.testudo.element.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
import net.testudo.element.port.EntropySource;
import net.testudo.element.wire.cluster.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/// Three engines on an imaginary network, with a client and a server that talk through them. What it costs is the
/// engines' own, so that they can be measured on it too.
public final class RehearsedCluster {
    private static final int DEVICES = 3;
    private static final long STEP_NS = 1_000_000L;
    private static final int CLIENT = 0xc633_6464;
    private static final int SERVER = 0x0a0a_0064;
    private static final int OUTSIDE = 0xc633_6401;
    private static final int FIRST_PORT = 5_000;
    private static final int SERVICES = 4;
    private static final int PORTS = 512;
    private static final int RULES = 60;
    private static final int COMMIT_STEPS = 20;
    private static final int CLIENT_PORTS = 40_000;
    /// The flows of [#sendOneOfMany].
    public static final int MANY_FLOWS = 1_000 * CLIENT_PORTS;
    static final String JOIN_KEY = "00112233445566778899aabbccddeeff";

    private final List<Engine> engines = new ArrayList<>();
    private final List<MemoryManagement> agents = new ArrayList<>();
    private final List<List<MemoryNetwork.Port>> ports = new ArrayList<>();
    private final MemoryNetwork cluster = new MemoryNetwork();
    private final RehearsedHost client;
    private final RehearsedHost server;
    private long nowNs;

    /// Three devices with room for few flows that know nothing of each other yet.
    public RehearsedCluster(EntropySource entropy) {
        this(entropy, FlowLimits.SMALL);
    }

    /// Three devices that know nothing of each other yet.
    public RehearsedCluster(EntropySource entropy, FlowLimits limits) {
        MemoryNetwork outside = new MemoryNetwork();
        MemoryNetwork inside = new MemoryNetwork();
        client = new RehearsedHost(outside.attach("client", 0x0200_0000_0a01L), CLIENT);
        server = new RehearsedHost(inside.attach("server", 0x0200_0000_0a02L), SERVER);
        for (int i = 1; i <= DEVICES; i++) {
            MemoryNetwork.Port clu = cluster.attach("cluster", 0x0200_0000_0100L + i);
            MemoryNetwork.Port out = outside.attach("outside", 0x0200_0000_0200L + i);
            MemoryNetwork.Port in = inside.attach("inside", 0x0200_0000_0300L + i);
            MemoryManagement agent = new MemoryManagement();
            EngineContext context = new EngineContext(
                    new DeviceIdentity("R" + i, "rehearsal", "1", "1", "1", List.of(), "", ProtocolVersions.OWN),
                    JOIN_KEY,
                    null,
                    Timing.REAL_TIME,
                    clu,
                    List.of(new DataPort("outside", out), new DataPort("inside", in)),
                    null,
                    limits,
                    agent,
                    agent,
                    entropy,
                    () -> 0,
                    () -> Capacity.UNKNOWN,
                    () -> SystemClock.UNKNOWN);
            agents.add(agent);
            ports.add(List.of(clu, out, in));
            engines.add(new Engine(context, (byte[]) null, 0));
        }
    }

    /// Makes them a cluster; the first one is master.
    public void form() {
        turns(300);
        agents.getFirst().ask(new Request.Commit(1, "rehearsal", 0, content()));
        turns(300);
        for (int i = 2; i <= DEVICES; i++) {
            agents.getFirst().ask(new Request.Join(i, "R" + i));
            turns(300);
        }
    }

    /// Commits configurations with many rules, then the first one again. Who meets such a one unprepared may take
    /// longer for it than a lease lasts.
    void reconfigure(int commits) {
        Content small = master().content();
        for (int i = 1; i <= commits; i++) {
            StringBuilder lines = new StringBuilder(small.configuration());
            for (int rule = 1; rule <= RULES; rule++) {
                String path = "/testudo-policy:policy/rule[name='large-" + rule + "']";
                lines.append(path).append("/from-network = outside\n");
                lines.append(path).append("/source = 10.0.").append(i).append(".0/24\n");
                lines.append(path).append("/protocol = udp\n");
                lines.append(path).append("/destination-port = ").append(rule).append("..65535\n");
                lines.append(path).append("/action = drop\n");
            }
            commit(new Content(lines.toString(), small.secrets()));
        }
        commit(small);
    }

    private void commit(Content content) {
        long revision = master().revision();
        agents.getFirst().ask(new Request.Commit(revision, "rehearsal-" + revision, revision, content));
        turns(COMMIT_STEPS);
    }

    private ElementSnapshot master() {
        return Objects.requireNonNull(snapshot(1), "a master publishes what it is");
    }

    /// How many devices there are, numbered from 1.
    public int devices() {
        return engines.size();
    }

    /// Lets time pass, and nothing else.
    public void pass(long spanNs) {
        nowNs += spanNs;
    }

    /// One turn of a device, as [Engine#doWork].
    public int turn(int device) {
        return engines.get(device - 1).doWork(nowNs);
    }

    /// Frames that wait at the ports of a device.
    public int waiting(int device) {
        int waiting = 0;
        for (MemoryNetwork.Port port : ports.get(device - 1)) {
            waiting += port.waiting();
        }
        return waiting;
    }

    /// What a device published last of its state, null before it did.
    public @Nullable ElementSnapshot snapshot(int device) {
        return agents.get(device - 1).newest();
    }

    /// Cuts a device off: its ports are closed, and nothing of it is heard any more.
    public void end(int device) {
        ports.get(device - 1).forEach(MemoryNetwork.Port::close);
    }

    /// Frames that were sent on the cluster network so far.
    public long clusterFrames() {
        return cluster.frames();
    }

    /// The client sends a datagram of flow `flow` to the server.
    public void send(int flow) {
        client.send(20_000 + flow % PORTS, OUTSIDE, FIRST_PORT + flow % SERVICES);
    }

    /// The same of more flows: 1000 services, each with clients at 40,000 ports.
    ///
    /// @param flow from 0, below [#MANY_FLOWS]
    public void sendOneOfMany(int flow) {
        client.send(20_000 + flow % CLIENT_PORTS, OUTSIDE, FIRST_PORT + flow / CLIENT_PORTS);
    }

    /// The hosts take what has come to them.
    ///
    /// @param reflect whether the server sends datagrams back
    public void hosts(boolean reflect) {
        client.doWork(false);
        server.doWork(reflect);
    }

    /// Datagrams that came to the server so far.
    public long served() {
        return server.answered();
    }

    /// Datagrams that came back so far.
    long answered() {
        return client.answered();
    }

    /// Whether frames on the cluster network are lost without anybody noticing.
    void cut(boolean isCut) {
        cluster.cut(isCut);
    }

    /// The master is gone at once.
    void endMaster() {
        end(1);
        ports.removeFirst();
        agents.removeFirst();
        engines.removeFirst();
        turns(300);
    }

    /// Flows pass for so many milliseconds, and are answered.
    void carry(int steps) {
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < SERVICES; i++) {
                send(step * SERVICES + i);
            }
            turns(1);
        }
    }

    /// One turn of each device in each millisecond, for so many of them.
    void turns(int count) {
        for (int i = 0; i < count; i++) {
            pass(STEP_NS);
            for (Engine engine : engines) {
                engine.doWork(nowNs);
            }
            hosts(true);
        }
    }

    static Content content() {
        String cluster = "/testudo-cluster:cluster";
        String policy = "/testudo-policy:policy";
        List<String> lines = new ArrayList<>(List.of(
                cluster + "/enabled = true",
                cluster + "/name = rehearsal",
                cluster + "/cluster-port[.='cluster']",
                cluster + "/data-network[name='outside']/address = 198.51.100.1/24",
                cluster + "/data-network[name='outside']/liveness = true",
                cluster + "/data-network[name='inside']/address = 10.10.0.1/24",
                cluster + "/data-network[name='inside']/liveness = true",
                cluster + "/local-network = inside",
                policy + "/rule[name='in']/from-network = outside",
                policy + "/rule[name='in']/to-network = inside",
                policy + "/rule[name='in']/action = accept",
                policy + "/rule[name='out']/from-network = inside",
                policy + "/rule[name='out']/to-network = outside",
                policy + "/rule[name='out']/action = accept",
                policy + "/default-action = drop",
                policy + "/source-nat[name='s']/from-network = inside",
                policy + "/source-nat[name='s']/to-network = outside",
                policy + "/source-nat[name='s']/port-range = 20000..29999",
                policy + "/source-nat[name='s']/block-size = 100",
                policy + "/destination-nat[name='d']/network = outside",
                policy + "/destination-nat[name='d']/protocol = udp",
                policy + "/destination-nat[name='d']/port-range = 5000..5999",
                policy + "/destination-nat[name='d']/to-address = 10.10.0.100"));
        StringBuilder secrets = new StringBuilder();
        for (int i = 2; i <= DEVICES; i++) {
            secrets.append(cluster + "/join-key[serial='R" + i + "']/key = " + JOIN_KEY + "\n");
        }
        return new Content(String.join("\n", lines) + "\n", secrets.toString());
    }
}
