package net.testudo.element.config;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.config.IdentityConfig.Settled;
import net.testudo.element.config.IdentityConfig.Settlement;
import net.testudo.element.net.DeviceSet;

/// Reads which exposures of the cluster's identity are settled.
final class IdentityParser {
    private final ConfigDocument document;
    private final FaultList faults;

    IdentityParser(ConfigDocument document, FaultList faults) {
        this.document = document;
        this.faults = faults;
    }

    IdentityConfig parse() {
        SortedMap<Integer, Settled> settled = new TreeMap<>();
        for (String device : document.keys(IdentityConfig.SETTLED, "device")) {
            String path = ConfigPath.entry(IdentityConfig.SETTLED, "device", device);
            Optional<Integer> number = FaultList.number(1, DeviceSet.DEVICE_MAX).apply(device);
            Settlement by = faults.read(
                    document,
                    path + "/by",
                    Settlement.WAIVER,
                    ClusterConfigParser.oneOf(Map.of("rotation", Settlement.ROTATION, "waiver", Settlement.WAIVER)),
                    "rotation or waiver");
            if (number.isEmpty()) {
                faults.add(path, "has to be a device number of 1 to " + DeviceSet.DEVICE_MAX);
            } else {
                settled.put(
                        number.get(),
                        new Settled(text(path, "device-key"), by, text(path, "user"), text(path, "reason")));
            }
        }
        return new IdentityConfig(settled);
    }

    private String text(String path, String leaf) {
        return document.value(path + "/" + leaf).orElse("");
    }
}
