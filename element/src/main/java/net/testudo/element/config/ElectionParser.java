package net.testudo.element.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.testudo.element.config.ElectionConfig.Order;

/// Reads what is asked of a device that is to lead.
final class ElectionParser {
    private static final String ROOT = ClusterConfig.CLUSTER + "/testudo-election:election/";
    private static final int PERCENT_MAX = 100;
    private static final int PROCESSORS_MAX = 4096;
    private static final int LINK_MBPS_MAX = 100_000_000;
    private static final Map<String, Order> ORDERS = Stream.of(Order.values())
            .collect(Collectors.toMap(
                    order -> order.name().toLowerCase(Locale.ROOT).replace('_', '-'), Function.identity()));

    private final ConfigDocument document;
    private final FaultList faults;

    ElectionParser(ConfigDocument document, FaultList faults) {
        this.document = document;
        this.faults = faults;
    }

    ElectionConfig parse() {
        ElectionConfig standard = ElectionConfig.STANDARD;
        return new ElectionConfig(
                number("min-health", 0, PERCENT_MAX, standard.minHealth()),
                number("max-load", 1, PERCENT_MAX, standard.maxLoad()),
                number("min-processors", 0, PROCESSORS_MAX, standard.minProcessors()),
                number("min-link-speed", 0, LINK_MBPS_MAX, standard.minLinkMbps()),
                order());
    }

    private List<Order> order() {
        List<Order> orders = new ArrayList<>();
        String path = ROOT + "candidate-order";
        for (String text : document.leafList(path)) {
            Order order = ORDERS.get(text);
            if (order == null) {
                faults.add(ConfigPath.entry(path, ".", text), "is nothing by which candidates can be ordered");
            } else {
                orders.add(order);
            }
        }
        return orders.isEmpty() ? ElectionConfig.STANDARD.order() : orders;
    }

    private int number(String leaf, int min, int max, int absent) {
        return faults.read(
                document, ROOT + leaf, absent, FaultList.number(min, max), "a number of " + min + " to " + max);
    }
}
