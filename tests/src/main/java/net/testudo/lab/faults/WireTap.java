package net.testudo.lab.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LabProcess;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.faults.MasterWatch.Change;

/// Sees every frame that a device sends into the data networks, at the switch's ports, with the kernel's time: also
/// what
/// a silent cut then drops. It asks for the cluster's address all the time, so that a master cannot hide.
final class WireTap implements AutoCloseable {
    /// Networks that are watched.
    static final List<Network> NETWORKS = List.of(Network.OUTSIDE, Network.INSIDE);

    private static final String ASKER = "ask-for-master.py";
    private static final int FRAME_OCTETS = 128;
    /// Frames of different ports come in order only roughly.
    private static final long DISORDER_NS = 300_000_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Process capture;
    private final List<LabProcess> askers = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<Network, MasterWatch> masters = new EnumMap<>(Network.class);
    private final Map<Network, OwnerWatch> owners = new EnumMap<>(Network.class);
    private final PriorityQueue<Seen> waiting = new PriorityQueue<>(Comparator.comparingLong(Seen::timeNs));
    private final WireEvidence evidence;
    private long newestNs;
    private long readUpToNs;

    private record Place(int device, Network network) {}

    private record Seen(long timeNs, Place place, WireFrame frame) {}

    /// Begins to watch, and to ask.
    WireTap(Lab lab) {
        Topology topology = lab.topology();
        this.evidence = new WireEvidence(lab.directory());
        List<String> command = new ArrayList<>(
                List.of("dumpcap", "-q", "-s", Integer.toString(FRAME_OCTETS), "-f", "inbound and (arp or ip)"));
        for (Network network : NETWORKS) {
            masters.put(
                    network,
                    new MasterWatch(network.label(), WireFrame.address(network.address(Topology.CLUSTER_HOST))));
            owners.put(network, new OwnerWatch(network.label()));
            for (int device = 1; device <= topology.devices(); device++) {
                String port = topology.switchPort(device, network);
                places.put(port, new Place(device, network));
                command.addAll(List.of("-i", port));
            }
            askers.add(ask(lab, network));
        }
        command.addAll(List.of("-w", "-"));
        this.capture = lab.startPiped("wire", topology.switchNamespace(), command);
        Thread.ofPlatform().name("wire").daemon().start(this::read);
    }

    private static LabProcess ask(Lab lab, Network network) {
        Path script = lab.directory().resolve(ASKER);
        try (InputStream source = Objects.requireNonNull(WireTap.class.getResourceAsStream(ASKER))) {
            if (!Files.exists(script)) {
                Files.copy(source, script);
            }
        } catch (IOException e) {
            throw new LabException("cannot write " + script + ": " + e.getMessage(), e);
        }
        List<String> command = List.of(
                "/usr/bin/python3",
                script.toString(),
                network.label(),
                network.address(Topology.WITNESS_HOST),
                network.address(Topology.CLUSTER_HOST));
        return lab.start("asker-" + network.label(), lab.topology().switchNamespace(), command, Map.of());
    }

    private void read() {
        PcapngReader.Sink sink = new PcapngReader.Sink() {
            @Override
            public void onFrame(String port, long timeNs, ByteBuffer frame) {
                Place place = places.get(port);
                if (place != null) {
                    take(new Seen(timeNs, place, WireFrame.of(frame)));
                }
            }

            @Override
            public void onBlock(ByteBuffer block, boolean describes) {
                evidence.add(block, describes);
            }
        };
        try {
            new PcapngReader(capture.getInputStream(), sink).readAll();
        } catch (IOException | UncheckedIOException e) {
            // Whoever waits for frames is told that none comes any more.
            capture.destroyForcibly();
        }
    }

    private synchronized void take(Seen seen) {
        waiting.add(seen);
        newestNs = Math.max(newestNs, seen.timeNs());
        while (!waiting.isEmpty() && waiting.element().timeNs() <= newestNs - DISORDER_NS) {
            watch(waiting.remove());
        }
    }

    private void watch(Seen seen) {
        readUpToNs = Math.max(readUpToNs, seen.timeNs());
        Place place = seen.place();
        Objects.requireNonNull(masters.get(place.network())).onFrame(place.device(), seen.timeNs(), seen.frame());
        seen.frame()
                .flow()
                .ifPresent(flow -> Objects.requireNonNull(owners.get(place.network()))
                        .onPacket(place.device(), seen.timeNs(), flow));
    }

    /// Waits until one device acts as master on both networks, and all that was sent up to this moment was looked at.
    ///
    /// @return that device
    /// @throws LabException if none does within 20 s, or nothing is recorded any more
    int awaitMaster() {
        Instant now = Instant.now();
        long nowNs = now.getEpochSecond() * 1_000_000_000 + now.getNano();
        return Await.until(
                        "one device acts as master on the wire of both networks",
                        LIMIT,
                        PAUSE,
                        () -> acting(nowNs),
                        Acting::isOne)
                .device();
    }

    /// Who acted as master on each network since some time; 0 for nobody.
    private record Acting(Map<Network, Integer> devices) {
        boolean isOne() {
            return device() != 0 && Set.copyOf(devices.values()).size() == 1;
        }

        int device() {
            return devices.values().iterator().next();
        }

        @Override
        public String toString() {
            return devices.entrySet().stream()
                    .map(entry -> entry.getKey().label() + ": "
                            + (entry.getValue() == 0 ? "nobody since it was asked" : "device " + entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
    }

    private synchronized Acting acting(long sinceNs) {
        if (!capture.isAlive()) {
            throw new LabException("nothing is recorded of the wire any more: the capture has ended");
        }
        Map<Network, Integer> devices = new EnumMap<>(Network.class);
        masters.forEach((network, watch) -> devices.put(network, watch.lastNs() >= sinceNs ? watch.device() : 0));
        return new Acting(devices);
    }

    /// Changes of the acting master since the last call, by network.
    synchronized Map<Network, List<Change>> takeChanges() {
        Map<Network, List<Change>> changes = new EnumMap<>(Network.class);
        masters.forEach((network, watch) -> changes.put(network, watch.takeChanges()));
        return changes;
    }

    /// Flows that were sent by two devices in turns since the last call.
    synchronized List<String> takeDoubleOwners() {
        return owners.values().stream()
                .flatMap(watch -> watch.takeBroken().stream())
                .toList();
    }

    /// How many signs of masters were seen.
    synchronized long signs() {
        return masters.values().stream().mapToLong(MasterWatch::signs).sum();
    }

    /// How often a flow was sent by another device than before.
    synchronized long moves() {
        return owners.values().stream().mapToLong(OwnerWatch::moves).sum();
    }

    /// Copies the newest recorded frames.
    void saveTo(Path directory) {
        evidence.saveTo(directory);
    }

    @Override
    public void close() {
        capture.destroy();
        askers.forEach(LabProcess::close);
        evidence.close();
    }
}
