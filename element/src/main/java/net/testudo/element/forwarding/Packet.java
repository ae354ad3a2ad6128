package net.testudo.element.forwarding;

import net.testudo.element.flow.DataFrame;
import net.testudo.element.wire.FrameFlyweight;

/// One packet on its way through the master. One object serves all packets, one after the other.
final class Packet {
    private final DataPath path;
    private final FrameFlyweight frame;
    private DataFrame data = new DataFrame();
    private long nowNs;

    /// @param path the data path's present state
    /// @param frame what packets are viewed with
    Packet(DataPath path, FrameFlyweight frame) {
        this.path = path;
        this.frame = frame;
    }

    /// The packet that [#frame] views now.
    ///
    /// @param asReceived the same, as it is held or relayed
    Packet of(DataFrame asReceived, long atNs) {
        data = asReceived;
        nowNs = atNs;
        return this;
    }

    DataPath path() {
        return path;
    }

    FrameFlyweight frame() {
        return frame;
    }

    DataFrame data() {
        return data;
    }

    long nowNs() {
        return nowNs;
    }

    NetworkPlan plan() {
        return path.plan();
    }

    int network() {
        return data.network();
    }
}
