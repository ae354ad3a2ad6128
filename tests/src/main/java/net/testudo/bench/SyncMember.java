package net.testudo.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import net.testudo.element.link.ClusterLink;
import net.testudo.element.link.LinkIdentity;
import net.testudo.element.link.PathPorts;
import net.testudo.element.management.Capacity;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.ClockReading;
import net.testudo.element.wire.cluster.InForce;
import net.testudo.element.wire.cluster.StatusMessage;
import net.testudo.element.wire.cluster.VoterChangeMark;
import net.testudo.pcapio.LinkWatch;
import net.testudo.pcapio.PortUnavailableException;
import net.testudo.pcapio.PortWait;
import net.testudo.pcapio.RingPort;
import net.testudo.pcapio.Traffic;

/// A process with a cluster link and nothing behind it. Obeys lines: first the own private key and the other's public
/// key, hexadecimal; then orders as [SyncSender.Order#parse] takes them, each answered as [SyncSender#takeAnswer] says.
public final class SyncMember {
    private static final String CLUSTER_ID = "6f1c7f5e-0000-4000-8000-000000000001";
    private static final long STATUS_NS = 5_000_000;
    private static final long WAIT_NS = 1_000_000;
    private static final int FRAMES_A_TURN = 256;
    private static final long PATIENCE_NS = 10_000_000_000L;
    /// The bits of a boot id that a sealed frame names.
    private static final int BOOT_ID_BITS = 56;

    private final int device;
    private final long bootId = new SecureRandom().nextLong(1, 1L << BOOT_ID_BITS);
    private final BlockingQueue<String> answers = new SynchronousQueue<>();
    private final SyncPeer peer;
    private volatile SyncSender.Order order = SyncSender.Order.NONE;

    private SyncMember(int device) {
        this.device = device;
        this.peer = new SyncPeer(3 - device);
    }

    /// @param arguments the cluster port and this device's number, 1 or 2
    public static void main(String[] arguments) throws IOException, PortUnavailableException, InterruptedException {
        new SyncMember(Integer.parseInt(arguments[1])).run(arguments[0]);
    }

    private void run(String portName) throws IOException, PortUnavailableException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String[] keys = commands.readLine().split(" ");
        Thread.ofPlatform()
                .name("duty-cycle")
                .daemon()
                .uncaughtExceptionHandler(SyncMember::fail)
                .start(() -> turns(portName, keys));
        System.out.println("ok");
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            order = SyncSender.Order.parse(line);
            System.out.println("ok " + answers.take());
        }
    }

    private void turns(String portName, String[] keys) {
        Thread self = Thread.currentThread();
        try (PortWait wait = new PortWait();
                LinkWatch links = new LinkWatch();
                RingPort port = RingPort.open(portName, Traffic.CLUSTER, links, wait)) {
            LinkIdentity identity = new LinkIdentity(
                    "S" + device, bootId, "", null, new SecureRandom()::nextBytes, ProtocolVersions.OWN);
            ClusterLink link = new ClusterLink(new PathPorts(List.of(port)), identity, STATUS_NS, peer);
            link.changeIdentity(device, CLUSTER_ID, keys[0], bootId);
            link.trust(new TreeMap<>(Map.of(peer.device(), keys[1])), DeviceSet.NONE);
            turns(link, port, wait);
        } catch (PortUnavailableException | InterruptedException e) {
            fail(self, e);
        }
    }

    private static void fail(Thread thread, Throwable fault) {
        System.out.println("error in " + thread.getName() + ": " + fault);
        System.exit(1);
    }

    private void turns(ClusterLink link, RingPort port, PortWait wait) throws InterruptedException {
        SyncSender sender = new SyncSender(link, peer);
        long startNs = System.nanoTime();
        long statusNs = startNs;
        while (true) {
            wait.answerWakeUps();
            long nowNs = System.nanoTime();
            if (!peer.isThere() && nowNs - startNs > PATIENCE_NS) {
                throw new IllegalStateException("the other device was not associated");
            }
            if (nowNs - statusNs >= 0) {
                link.sendStatus(status(nowNs), nowNs);
                statusNs = nowNs + STATUS_NS;
            }
            int work = port.poll(
                    (buffer, offset, length) -> link.onFrame(0, buffer, offset, length, nowNs), FRAMES_A_TURN);
            work += peer.isThere() ? sender.doWork(order, nowNs) : 0;
            peer.acknowledge(link, nowNs);
            work += link.doWork(nowNs);
            port.flush();
            if (sender.isDone()) {
                order = SyncSender.Order.NONE;
                answers.put(sender.takeAnswer());
            }
            if (work == 0) {
                wait.await(WAIT_NS);
            }
        }
    }

    private StatusMessage status(long nowNs) {
        return new StatusMessage(
                device,
                bootId,
                nowNs,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                DeviceSet.NONE,
                0,
                DeviceSet.NONE,
                0,
                100,
                Capacity.UNKNOWN,
                0,
                "",
                InForce.NONE,
                0,
                List.of(),
                ClockReading.UNKNOWN,
                VoterChangeMark.NONE,
                List.of());
    }
}
