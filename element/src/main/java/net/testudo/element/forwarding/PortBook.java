package net.testudo.element.forwarding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.testudo.element.flow.FlowObserver;
import net.testudo.element.flow.FlowRecord;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.resource.LeasePool;

/// The master's book of translated ports (RES-04 to RES-06): which port of a cluster address is in use, and which
/// device holds which block of a pool. It follows from the flows alone, so that a new master has it as soon as it has
/// the copy and the reports. Ports are taken in turn: of a device's blocks, one that was freed is used last.
final class PortBook implements FlowObserver {
    /// No port is free.
    static final int NONE = -1;

    private final List<Line> lines = new ArrayList<>();
    private List<LeasePool> pools = List.of();

    /// The ports of one cluster address.
    private static final class Line {
        final int address;
        final BitSet used = new BitSet();
        final byte[] holder = new byte[LINE_PORTS];
        final int[] current = new int[DeviceSet.DEVICE_MAX + 1];
        /// Where the next block is looked for.
        int next;
        boolean started;

        Line(int address) {
            this.address = address;
        }
    }

    private static final int LINE_PORTS = 65_536;

    void pools(List<LeasePool> newPools) {
        pools = newPools;
    }

    /// Takes a port of a pool, from a block of `device`; a new block if its own are used up.
    int allocate(int pool, int device) {
        LeasePool from = pools.get(pool);
        Line line = line(from.line());
        if (!line.started) {
            start(line, from.blockSize());
        }
        int own = search(from, line, device, line.current[device]);
        int port = own == NONE ? search(from, line, 0, line.next) : own;
        if (port == NONE) {
            return NONE;
        }
        if (own == NONE) {
            grant(from, line, port, device);
        }
        line.used.set(port);
        line.current[device] = port + 1;
        return port;
    }

    /// Gives back a port whose flow was not opened.
    void giveBack(int pool, int port) {
        line(pools.get(pool).line()).used.clear(port);
    }

    /// The device whose block a port of a cluster address is in, 0 if it is in none.
    int holder(int address, int port) {
        // By index: this is asked for packets, and an iterator would be an object for each.
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).address == address) {
                return lines.get(i).holder[port];
            }
        }
        return 0;
    }

    /// Ports in use.
    int used() {
        return lines.stream().mapToInt(line -> line.used.cardinality()).sum();
    }

    /// A master that takes over does not know the last ports that a dead device used; they follow the highest one
    /// that is known, and rest until the pool went round.
    private static void start(Line line, int blockSize) {
        line.started = true;
        line.next = line.used.isEmpty() ? 0 : line.used.length() + 2 * blockSize;
    }

    /// The first free port of `device` (0: nobody's) at `start` or after it, going round once.
    private static int search(LeasePool pool, Line line, int device, int start) {
        int port = search(pool, line, device, start, LINE_PORTS);
        return port == NONE ? search(pool, line, device, 0, start) : port;
    }

    private static int search(LeasePool pool, Line line, int device, int from, int to) {
        for (LeasePool.Range range : pool.ranges()) {
            for (int port = Math.max(from, range.first()); port <= range.last() && port < to; port++) {
                if (line.holder[port] == device && !line.used.get(port)) {
                    return port;
                }
            }
        }
        return NONE;
    }

    private static void grant(LeasePool pool, Line line, int port, int device) {
        for (LeasePool.Range range : pool.ranges()) {
            if (port >= range.first() && port <= range.last()) {
                int last = Math.min(port + pool.blockSize() - 1, range.last());
                for (int p = port; p <= last && line.holder[p] == 0; p++) {
                    line.holder[p] = (byte) device;
                    line.next = p + 1;
                }
            }
        }
    }

    @Override
    public void onMaster(boolean master) {
        lines.clear();
    }

    @Override
    public void onFlow(FlowRecord flow) {
        if ((flow.flags() & FlowRecord.SOURCE_NAT) != 0) {
            Line line = line(flow.reverse().key().destination().bits());
            int port = flow.reverse().key().destinationPort();
            line.used.set(port);
            if (line.holder[port] == 0) {
                line.holder[port] = (byte) flow.ownership().owner();
            }
        }
    }

    @Override
    public void onMoved(FlowRecord flow) {
        onFlow(flow);
    }

    @Override
    public void onFlowEnded(FlowRecord flow, long nowNs) {
        if ((flow.flags() & FlowRecord.SOURCE_NAT) != 0) {
            Line line = line(flow.reverse().key().destination().bits());
            line.used.clear(flow.reverse().key().destinationPort());
        }
    }

    private Line line(int address) {
        for (Line line : lines) {
            if (line.address == address) {
                return line;
            }
        }
        Line line = new Line(address);
        lines.add(line);
        return line;
    }
}
