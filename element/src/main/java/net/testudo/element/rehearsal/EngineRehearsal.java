package net.testudo.element.rehearsal;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.cluster.Timing;
import net.testudo.element.engine.Engine;
import net.testudo.element.engine.EngineContext;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.Request;
import net.testudo.element.port.DataPort;
import net.testudo.element.port.EntropySource;
import net.testudo.element.wire.cluster.DeviceIdentity;

/// Runs the rehearsal.
public final class EngineRehearsal {
    private static final int DEVICES = 3;
    private static final long STEP_NS = 1_000_000L;
    private static final int CLIENT = 0xc633_6464;
    private static final int SERVER = 0x0a0a_0064;
    private static final int OUTSIDE = 0xc633_6401;
    private static final int FIRST_PORT = 5_000;
    private static final int PORTS = 512;
    private static final int CUTS = 5;
    static final String JOIN_KEY = "00112233445566778899aabbccddeeff";

    private final List<Engine> engines = new ArrayList<>();
    private final List<MemoryManagement> agents = new ArrayList<>();
    private final List<List<MemoryNetwork.Port>> ports = new ArrayList<>();
    private final MemoryNetwork cluster = new MemoryNetwork();
    private final RehearsedHost client;
    private final RehearsedHost server;
    private long nowNs;

    EngineRehearsal(EntropySource entropy) {
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
                    new DeviceIdentity("R" + i, "rehearsal", "1", "1", "1", List.of(), ""),
                    JOIN_KEY,
                    null,
                    Timing.REAL_TIME,
                    clu,
                    List.of(new DataPort("outside", out), new DataPort("inside", in)),
                    null,
                    FlowLimits.SMALL,
                    agent,
                    agent,
                    entropy,
                    () -> 0,
                    () -> Capacity.UNKNOWN);
            agents.add(agent);
            ports.add(List.of(clu, out, in));
            engines.add(new Engine(context, (byte[]) null, 0));
        }
    }

    /// Forms, carries flows, also while the cluster network is cut again and again, takes over, carries on.
    ///
    /// @param steps how many milliseconds of imaginary time flows are carried
    /// @return how many datagrams were carried; a rehearsal that carried none shows that something is wrong
    public static long run(EntropySource entropy, int steps) {
        EngineRehearsal rehearsal = new EngineRehearsal(entropy);
        rehearsal.form();
        for (int i = 0; i < 2 * CUTS; i++) {
            rehearsal.cluster.cut(i % 2 == 1);
            rehearsal.carry(steps / (4 * CUTS));
        }
        rehearsal.cluster.cut(false);
        rehearsal.endMaster();
        rehearsal.carry(steps / 2);
        return rehearsal.answered();
    }

    /// Datagrams that came back so far.
    long answered() {
        return client.answered();
    }

    void form() {
        turns(300);
        agents.getFirst().ask(new Request.Commit(1, "rehearsal", 0, content()));
        turns(300);
        for (int i = 2; i <= DEVICES; i++) {
            agents.getFirst().ask(new Request.Join(i, "R" + i));
            turns(300);
        }
    }

    private void endMaster() {
        ports.getFirst().forEach(MemoryNetwork.Port::close);
        engines.removeFirst();
        turns(300);
    }

    void carry(int steps) {
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < 4; i++) {
                client.send(20_000 + (step * 4 + i) % PORTS, OUTSIDE, FIRST_PORT + i);
            }
            turns(1);
        }
    }

    void turns(int count) {
        for (int i = 0; i < count; i++) {
            nowNs += STEP_NS;
            for (Engine engine : engines) {
                engine.doWork(nowNs);
            }
            client.doWork(false);
            server.doWork(true);
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
