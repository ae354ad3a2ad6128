package net.testudo.element.cluster;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.IdentityConfig.Settled;
import net.testudo.element.config.IdentityConfig.Settlement;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.wire.cluster.DeviceKey;

/// An alarm for each device that took the cluster's secrets along. All devices show it, since it follows from what is
/// decided; the event is the serving master's, and comes once.
final class ExposureAlarms {
    /// The name of the alarm.
    static final String NAME = "cluster-identity-exposed";

    private final ClusterState state;
    private final Map<String, Alarm> raised;
    private SortedMap<Integer, String> shown = new TreeMap<>();
    private long number = -1;
    private int identity = -1;

    /// @param raised the alarms of this device by key
    ExposureAlarms(ClusterState state, Map<String, Alarm> raised) {
        this.state = state;
        this.raised = raised;
    }

    void doWork(long nowNs, Effects out) {
        if (number == state.number() && identity == state.identity) {
            return;
        }
        boolean same = identity == state.identity;
        number = state.number();
        identity = state.identity;
        ClusterConfig config = state.config;
        SortedMap<Integer, String> exposed = config == null
                ? new TreeMap<>()
                : Exposure.of(state.header(), config.operation().identity());
        boolean told = same && state.masterServing(nowNs);
        for (Map.Entry<Integer, String> former : shown.entrySet()) {
            int device = former.getKey();
            if (!former.getValue().equals(exposed.get(device))) {
                raised.remove(key(device));
                if (told && config != null) {
                    cleared(device, config, out);
                }
            }
        }
        for (Map.Entry<Integer, String> now : exposed.entrySet()) {
            int device = now.getKey();
            if (!now.getValue().equals(shown.get(device))) {
                Alarm alarm = new Alarm(NAME, device, text(device));
                raised.put(key(device), alarm);
                if (told) {
                    state.notify(out, Kind.ALARM_RAISED, device, alarm.text(), Map.of("alarm", NAME));
                }
            }
        }
        shown = exposed;
    }

    private static String key(int device) {
        return NAME + "/" + device;
    }

    private String text(int device) {
        String serial = serial(device);
        return "device " + device + (serial.isEmpty() ? "" : " (" + serial + ")")
                + " was taken out, or not admitted in the end, and knows the secrets of the cluster: "
                + "use rotate-cluster-identity, or waive-identity-exposure if it cannot use them";
    }

    private String serial(int device) {
        return state.header().numbers().entrySet().stream()
                .filter(entry -> entry.getValue() == device)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private void cleared(int device, ClusterConfig config, Effects out) {
        Map<String, String> evidence = new TreeMap<>(Map.of("alarm", NAME));
        Settled settled = config.operation().identity().settled().get(device);
        DeviceKey key = state.header().keys().get(device);
        String cause = "device " + device + " was admitted again";
        if (settled != null && key != null && settled.deviceKey().equals(Exposure.mark(key))) {
            evidence.put("user", settled.user());
            boolean waived = settled.by() == Settlement.WAIVER;
            String who = settled.user().isEmpty() ? "" : " by " + settled.user();
            cause = waived ? "waived" + who + ": " + settled.reason() : "the secrets were replaced" + who;
        }
        state.notify(out, Kind.ALARM_CLEARED, device, cause, evidence);
    }
}
