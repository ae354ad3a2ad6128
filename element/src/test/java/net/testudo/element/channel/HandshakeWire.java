package net.testudo.element.channel;

import java.util.ArrayList;
import java.util.List;

/// Devices in the middle of a handshake, all on one lossy broadcast link; time jumps from event to event.
final class HandshakeWire {
    /// What the wire needs of each of them.
    interface Station {
        HandshakeFate onFrame(byte[] buffer, int offset, int length, long nowNs);

        int doWork(long nowNs, HandshakeSink sink);

        long nextDeadlineNs(long nowNs);
    }

    final List<byte[]> seen = new ArrayList<>();
    final List<HandshakeFate> fates = new ArrayList<>();
    private final List<Station> stations = new ArrayList<>();
    private final LossyLink link;
    long nowNs;

    HandshakeWire(long seed, LossyLink.Faults faults) {
        link = new LossyLink(seed, faults);
    }

    void add(Association association) {
        stations.add(new Station() {
            @Override
            public HandshakeFate onFrame(byte[] buffer, int offset, int length, long nowNs) {
                return association.onFrame(buffer, offset, length, nowNs);
            }

            @Override
            public int doWork(long nowNs, HandshakeSink sink) {
                return association.doWork(nowNs, sink);
            }

            @Override
            public long nextDeadlineNs(long nowNs) {
                return association.nextDeadlineNs(nowNs);
            }
        });
    }

    void add(JoinInitiator initiator) {
        stations.add(new Station() {
            @Override
            public HandshakeFate onFrame(byte[] buffer, int offset, int length, long nowNs) {
                return initiator.onFrame(buffer, offset, length, nowNs);
            }

            @Override
            public int doWork(long nowNs, HandshakeSink sink) {
                return initiator.doWork(nowNs, sink);
            }

            @Override
            public long nextDeadlineNs(long nowNs) {
                return initiator.nextDeadlineNs(nowNs);
            }
        });
    }

    void add(JoinResponder responder) {
        stations.add(new Station() {
            @Override
            public HandshakeFate onFrame(byte[] buffer, int offset, int length, long nowNs) {
                return responder.onFrame(buffer, offset, length, nowNs);
            }

            @Override
            public int doWork(long nowNs, HandshakeSink sink) {
                return responder.doWork(nowNs, sink);
            }

            @Override
            public long nextDeadlineNs(long nowNs) {
                return responder.nextDeadlineNs(nowNs);
            }
        });
    }

    /// Removes a station, as a crash does.
    void remove(int station) {
        stations.remove(station);
    }

    /// Runs until nothing happens any more before `endNs`.
    void run(long endNs) {
        while (nowNs < endNs) {
            link.deliver(nowNs, (octets, at, length) -> {
                for (Station station : stations) {
                    fates.add(station.onFrame(octets, at, length, nowNs));
                }
            });
            long nextNs = endNs;
            for (Station station : stations) {
                station.doWork(nowNs, (to, frame) -> {
                    seen.add(frame.clone());
                    link.send(frame, 0, frame.length, nowNs);
                });
                nextNs = Math.min(nextNs, station.nextDeadlineNs(nowNs));
            }
            nowNs = Math.max(nowNs + 1, Math.min(nextNs, link.nextNs(endNs)));
        }
    }

    /// Puts a frame of a third party on the wire.
    void inject(byte[] frame) {
        link.send(frame, 0, frame.length, nowNs);
    }
}
