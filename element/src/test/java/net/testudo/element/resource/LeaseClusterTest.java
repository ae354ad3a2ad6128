package net.testudo.element.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A small cluster with ordered but slow links, in which devices die, lapse, return and take over, by seed. At every
/// step: no number is held by two devices, and no two flows have the same number.
class LeaseClusterTest {
    private static final int DEVICES = 4;
    private static final int PORT_MAX = 2063;
    private static final long QUARANTINE_NS = 50;
    private static final long RETRY_NS = 5;
    private static final LeasePool SMALL = pool(1000, 1039, 8);
    private static final LeasePool OTHER = pool(2000, PORT_MAX, 16);

    /// A device; a new object after a restart.
    private final class Device {
        final int number;
        final PortLeases leases;
        final LeaseReplica replica = new LeaseReplica();

        @Nullable
        LeaseLedger ledger;

        long epoch;

        Device(int number) {
            this.number = number;
            leases = new PortLeases(number, RETRY_NS, (to, message) -> send(number, to, message));
            leases.pools(pools);
        }
    }

    private record Flow(int line, int port, int owner, int allocatedBy) {}

    private final Random random = new Random();
    private final Map<Integer, Device> alive = new TreeMap<>();
    private final Map<Long, ArrayDeque<LeaseMessage>> links = new TreeMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private List<LeasePool> pools = List.of(SMALL, OTHER);
    private long now = Long.MAX_VALUE - 1_000;
    private int master = 1;
    private int backup = 2;
    private long epoch = 1;
    private int allocations;
    private int takeovers;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void noNumberEverHasTwoHolders(int part) {
        int allocated = 0;
        int tookOver = 0;
        for (int seed = part * 100; seed < part * 100 + 100; seed++) {
            LeaseClusterTest cluster = new LeaseClusterTest();
            cluster.run(seed);
            allocated += cluster.allocations;
            tookOver += cluster.takeovers;
        }
        assertTrue(tookOver > 100, "masters changed: " + tookOver);
        assertTrue(allocated > 10_000, "leases were used: " + allocated);
    }

    private void run(int seed) {
        random.setSeed(seed);
        for (int number = 1; number <= DEVICES; number++) {
            alive.put(number, new Device(number));
        }
        LeaseLedger first = new LeaseLedger(epoch, context(1));
        first.pools(pools);
        device(1).ledger = first;
        first.onBackupChanged(backup);
        alive.values().forEach(this::follow);
        for (int step = 0; step < 1_500; step++) {
            act();
            check("seed " + seed + " step " + step);
        }
        settle("seed " + seed);
    }

    private void act() {
        now += random.nextInt(3);
        int number = 1 + random.nextInt(DEVICES);
        Device device = alive.get(number);
        switch (random.nextInt(400)) {
            case 0 -> die(number);
            case 1 -> restart();
            case 2 -> changeBackup(1 + random.nextInt(DEVICES));
            case 3 -> lapse(number);
            case 4 -> takeOver(1 + random.nextInt(DEVICES));
            case 5 -> restartSession(number);
            case 6 -> changePools();
            default -> {
                work(device);
                deliver();
                deliver();
            }
        }
    }

    private void work(@Nullable Device device) {
        if (device == null) {
            return;
        }
        device.leases.doWork(now);
        if (device.number == master) {
            ledger().doWork(now);
        }
        int port = random.nextInt(3) > 0 ? device.leases.allocate(random.nextInt(pools.size())) : PortLeases.NONE;
        if (port != PortLeases.NONE) {
            allocations++;
            for (Flow flow : flows) {
                assertTrue(flow.port() != port, () -> "port " + port + " is given to two flows");
            }
            flows.add(new Flow(SMALL.line(), port, device.number, device.number));
        }
        if (!flows.isEmpty() && random.nextInt(3) == 0) {
            Flow ended = flows.remove(random.nextInt(flows.size()));
            Device holder = alive.get(ended.allocatedBy());
            if (holder != null) {
                holder.leases.release(ended.line(), ended.port());
            }
        }
    }

    private void die(int number) {
        if (alive.size() <= 2 || !alive.containsKey(number)) {
            return;
        }
        alive.remove(number);
        dropLinks(number);
        moveFlows(number);
        if (number == master) {
            takeOver(
                    alive.containsKey(backup)
                            ? backup
                            : alive.keySet().iterator().next());
        } else {
            ledger().onHolderLost(number, now);
            if (number == backup) {
                changeBackup(0);
            }
        }
    }

    private void restart() {
        for (int number = 1; number <= DEVICES; number++) {
            if (!alive.containsKey(number)) {
                Device device = new Device(number);
                alive.put(number, device);
                follow(device);
                return;
            }
        }
    }

    /// The device's lease ran out: its flows move, it keeps none.
    private void lapse(int number) {
        Device device = alive.get(number);
        if (device != null && number != master) {
            device.leases.forfeit();
            moveFlows(number);
        }
    }

    private void changeBackup(int number) {
        boolean possible = number != master && alive.containsKey(number);
        backup = possible ? number : 0;
        ledger().onBackupChanged(backup);
    }

    private void takeOver(int number) {
        Device device = alive.get(number);
        if (device == null || number == master) {
            return;
        }
        takeovers++;
        Device old = alive.get(master);
        if (old != null) {
            old.ledger = null;
        }
        master = number;
        epoch++;
        DeviceSet mayServe = DeviceSet.NONE;
        for (int member : alive.keySet()) {
            mayServe = mayServe.with(member);
        }
        LeaseLedger ledger = LeaseLedger.takeOver(epoch, context(number), device.replica, mayServe, now);
        ledger.pools(pools);
        device.ledger = ledger;
        follow(device);
        changeBackup(1 + random.nextInt(DEVICES));
    }

    private void follow(Device device) {
        device.epoch = epoch;
        device.leases.follow(master, epoch);
    }

    /// Messages under way are lost, and the device reports anew.
    private void restartSession(int number) {
        Device device = alive.get(number);
        if (device == null || number == master || device.epoch != epoch) {
            return;
        }
        links.remove(link(number, master));
        links.remove(link(master, number));
        device.leases.report();
        if (number == backup) {
            changeBackup(number);
        }
    }

    private void changePools() {
        pools = random.nextBoolean() ? List.of(SMALL, OTHER) : List.of(OTHER, pool(1004, 1043, 6));
        alive.values().forEach(device -> device.leases.pools(pools));
        ledger().pools(pools);
    }

    private void moveFlows(int from) {
        List<Integer> others = new ArrayList<>(alive.keySet());
        others.remove(Integer.valueOf(from));
        // Some end with their device, the others go on elsewhere, with their ports.
        flows.removeIf(flow -> flow.owner() == from && random.nextInt(3) == 0);
        flows.replaceAll(flow -> flow.owner() != from
                ? flow
                : new Flow(flow.line(), flow.port(), others.get(random.nextInt(others.size())), flow.allocatedBy()));
    }

    private void send(int from, int to, LeaseMessage message) {
        if (from == to) {
            receive(device(to), from, message);
        } else {
            links.computeIfAbsent(link(from, to), _ -> new ArrayDeque<>()).add(message);
        }
    }

    private void deliver() {
        if (links.isEmpty()) {
            return;
        }
        List<Long> busy = List.copyOf(links.keySet());
        long link = busy.get(random.nextInt(busy.size()));
        ArrayDeque<LeaseMessage> queue = links.get(link);
        Device device = alive.get((int) (link % 100));
        LeaseMessage message = queue == null ? null : queue.poll();
        if (message == null) {
            links.remove(link);
        } else if (device != null) {
            receive(device, (int) (link / 100), message);
        }
        // A device learns of a new master at some later time.
        for (Device other : alive.values()) {
            if (other.epoch < epoch && random.nextInt(4) == 0) {
                follow(other);
            }
        }
    }

    private void receive(Device device, int from, LeaseMessage message) {
        if (message.epoch() > device.epoch) {
            follow(device);
        }
        LeaseLedger ledger = device.ledger;
        if (ledger != null) {
            ledger.onMessage(message, now);
        }
        device.leases.onMessage(message, now);
        if (message.epoch() == device.epoch) {
            device.replica.onMessage(device.number, message, from, (to, answer) -> send(device.number, to, answer));
        }
    }

    private void check(String context) {
        int[] holder = new int[PORT_MAX + 1];
        for (Device device : alive.values()) {
            for (LeaseBlock block : device.leases.blocks()) {
                for (int port = block.first(); port <= block.last(); port++) {
                    if (holder[port] != 0) {
                        fail(context + ": port " + port + " is held by " + holder[port] + " and " + device.number);
                    }
                    holder[port] = device.number;
                }
            }
        }
        for (int port = 1000; port < holder.length; port++) {
            int known = ledger().holder(SMALL.line(), port);
            // Until all have reported, an old replica may name who held it earlier.
            boolean wrong = ledger().awaited().isEmpty() && known != 0 && holder[port] != 0 && known != holder[port];
            assertTrue(!wrong, () -> context + ": the master knows another holder");
        }
        assertEquals(0, ledger().conflicts(), context);
    }

    /// Without further faults every device can allocate again.
    private void settle(String context) {
        changeBackup(
                alive.keySet().stream().filter(n -> n != master).findFirst().orElse(0));
        flows.clear();
        alive.values().forEach(device -> device.leases.forfeit());
        for (int i = 0; i < 4_000; i++) {
            now++;
            alive.values().forEach(device -> device.leases.doWork(now));
            ledger().doWork(now);
            deliver();
            deliver();
        }
        check(context);
        for (Device device : alive.values()) {
            assertTrue(device.leases.free(0) > 0, context + ": device " + device.number + " has ports again");
        }
        assertTrue(ledger().recovered() && ledger().backupInSync(), context);
    }

    private LeaseLedger.Context context(int number) {
        return new LeaseLedger.Context(QUARANTINE_NS, (to, message) -> send(number, to, message), this::inUse);
    }

    private boolean inUse(LeaseBlock block) {
        return flows.stream().anyMatch(flow -> block.contains(flow.line(), flow.port()));
    }

    private void dropLinks(int number) {
        links.keySet().removeIf(link -> link / 100 == number || link % 100 == number);
    }

    private LeaseLedger ledger() {
        LeaseLedger ledger = device(master).ledger;
        if (ledger == null) {
            throw new AssertionError("the master has a ledger");
        }
        return ledger;
    }

    private Device device(int number) {
        Device device = alive.get(number);
        if (device == null) {
            throw new AssertionError("device " + number + " is dead");
        }
        return device;
    }

    private static long link(int from, int to) {
        return from * 100L + to;
    }

    private static LeasePool pool(int first, int last, int blockSize) {
        return new LeasePool(first, 7, List.of(new LeasePool.Range(first, last)), blockSize);
    }
}
