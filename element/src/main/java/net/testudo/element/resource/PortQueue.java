package net.testudo.element.resource;

import java.util.Arrays;

/// The free ports of one device in one pool, the one that rested longest first. An entry is void if its port was taken,
/// freed or leased otherwise since; void entries are skipped when they come to the front.
final class PortQueue {
    private final PortLine line;
    private final int device;
    private char[] ports = new char[64];
    private long[] freedNs = new long[64];
    private int head;
    private int count;

    PortQueue(PortLine line, int device) {
        this.line = line;
        this.device = device;
    }

    /// A port was given back.
    void addLast(int port) {
        reserve();
        put((head + count++) % ports.length, port);
    }

    /// A port of a new block; it rested longer than all others.
    void addFirst(int port) {
        reserve();
        head = head == 0 ? ports.length - 1 : head - 1;
        count++;
        put(head, port);
    }

    /// Whether so many ports are there that have rested since this time.
    boolean holds(int ports, long restedSinceNs) {
        skipVoid();
        return count >= ports && freedNs[(head + ports - 1) % freedNs.length] - restedSinceNs <= 0;
    }

    /// How many entries there are.
    int size() {
        return count;
    }

    /// Takes the first port, or answers [PortLeases#NONE].
    int poll() {
        skipVoid();
        if (count == 0) {
            return PortLeases.NONE;
        }
        int port = ports[head];
        head = (head + 1) % ports.length;
        count--;
        return port;
    }

    private void skipVoid() {
        while (count > 0 && !isValid(ports[head], freedNs[head])) {
            head = (head + 1) % ports.length;
            count--;
        }
    }

    private boolean isValid(int port, long freed) {
        LeaseBlock block = line.blocks[port];
        return block != null
                && block.holder == device
                && block.state == LeaseState.ACTIVE
                && !line.used.get(port)
                && line.freedNs[port] == freed;
    }

    private void put(int at, int port) {
        ports[at] = (char) port;
        freedNs[at] = line.freedNs[port];
    }

    private void reserve() {
        if (count == ports.length) {
            char[] grownPorts = Arrays.copyOf(ports, 2 * count);
            long[] grownFreedNs = Arrays.copyOf(freedNs, 2 * count);
            // What was wrapped around goes behind the rest.
            System.arraycopy(ports, 0, grownPorts, count, head);
            System.arraycopy(freedNs, 0, grownFreedNs, count, head);
            ports = grownPorts;
            freedNs = grownFreedNs;
        }
    }
}
