package net.testudo.agent.snmp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.testudo.agent.snmp.SnmpConfig.Target;
import net.testudo.element.management.ElementEvent;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.VariableBinding;

/// Sends notifications of one engine to all targets, without ever holding up who reports an event.
///
/// The lanes live on the given thread; the way to it is bounded.
final class NotificationSender {
    private static final int HAND_OVER_MAX = 1000;

    private final SnmpEngine engine;
    private final NotifyThread thread;
    private final NotificationCounters counters;
    private final AtomicInteger handedOver = new AtomicInteger();
    /// Odd while the engine is in service; each time in service has its own number.
    private final AtomicInteger service = new AtomicInteger();
    private final List<TargetLane> lanes = new ArrayList<>();

    NotificationSender(SnmpEngine engine, NotifyThread thread, NotificationCounters counters) {
        this.engine = engine;
        this.thread = thread;
        this.counters = counters;
    }

    /// Replaces the targets; what waits for those that stay goes on waiting.
    void setTargets(List<Target> targets) {
        thread.execute(() -> {
            lanes.removeIf(lane -> {
                boolean gone = !targets.contains(lane.target());
                if (gone) {
                    lane.close();
                }
                return gone;
            });
            for (Target target : targets) {
                if (lanes.stream().noneMatch(lane -> lane.target().equals(target))) {
                    lanes.add(new TargetLane(target, engine, thread, counters, service::get));
                }
            }
        });
    }

    /// Sends an event to every target.
    void send(ElementEvent event) {
        if (handedOver.incrementAndGet() > HAND_OVER_MAX) {
            handedOver.decrementAndGet();
            counters.dropped().increment();
            return;
        }
        TimeTicks upTime = engine.upTime().get();
        thread.execute(() -> {
            handedOver.decrementAndGet();
            List<VariableBinding> bindings = EventVarbinds.of(event, upTime);
            lanes.forEach(lane -> lane.offer(bindings));
        });
    }

    /// The engine is in service: what waits is sent.
    void resume() {
        service.incrementAndGet();
        thread.execute(() -> lanes.forEach(TargetLane::pump));
    }

    /// The engine is out of service: nothing is sent until [#resume], and nothing is lost.
    void pause() {
        service.incrementAndGet();
    }
}
