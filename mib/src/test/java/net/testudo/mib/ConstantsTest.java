package net.testudo.mib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the constants against the texts, in both directions.
class ConstantsTest {
    private final ModuleText text = new ModuleText();

    @Test
    void everyObjectOfTheTextIsAConstantAndTheOtherWayRound() {
        Map<String, String> constants = oids(Stream.<MibObject[]>of(
                        ClusterScalar.values(),
                        DeviceColumn.values(),
                        DiscoveredColumn.values(),
                        AlarmColumn.values(),
                        CounterColumn.values(),
                        SyncColumn.values(),
                        EventObject.values())
                .flatMap(Arrays::stream));
        assertEquals(text.leaves("OBJECT-TYPE"), constants);
    }

    @Test
    void everyNotificationOfTheTextIsAConstantAndTheOtherWayRound() {
        assertEquals(text.leaves("NOTIFICATION-TYPE"), oids(Arrays.stream(ClusterNotification.values())));
    }

    @Test
    void everyNotificationCarriesTheIdOfTheEventItsSubjectEpochAndCause() {
        for (ClusterNotification notification : ClusterNotification.values()) {
            String objects = text.body(notification.descriptor());
            for (EventObject object : EventObject.values()) {
                if (object != EventObject.ALARM) {
                    assertTrue(objects.contains(object.descriptor()), notification + " lacks " + object);
                }
            }
        }
    }

    @Test
    void arcsAreThoseOfTheText() {
        assertEquals(text.oid("testudo"), TestudoSmi.ROOT);
        assertEquals(text.oid("testudoElement"), TestudoSmi.ELEMENT);
        assertEquals(text.oid("testudoModules"), TestudoSmi.MODULES);
        assertEquals(text.oid("testudoClusterMIB"), ClusterMib.MODULE);
        assertEquals(text.oid("testudoClusterObjects"), ClusterMib.OBJECTS);
        assertEquals(text.oid("testudoDeviceEntry"), ClusterMib.DEVICE_ENTRY);
    }

    @Test
    void numbersOfEnumerationsAreThoseOfTheText() {
        assertEquals(text.enumeration("TestudoMode"), numbers(ClusterMode.values()));
        assertEquals(text.enumeration("TestudoWorkingRole"), numbers(WorkingRole.values()));
        assertEquals(text.enumeration("TestudoStaticRole"), numbers(StaticRole.values()));
        assertEquals(text.enumeration("TestudoReason"), numbers(EventReason.values()));
        assertEquals(text.enumeration("TestudoBackupState"), numbers(SyncState.values()));
        assertEquals(text.enumeration("TestudoDiscoveryState"), numbers(DiscoveryState.values()));
    }

    @Test
    void theEnterpriseIsSetByTheTextAlone() {
        String text = MibText.TESTUDO_SMI.text();
        assertEquals(4711, TestudoSmi.enterpriseOf(text.replaceAll("enterprises \\d+", "enterprises 4711")));
        assertThrows(
                IllegalArgumentException.class, () -> TestudoSmi.enterpriseOf("TESTUDO-SMI DEFINITIONS ::= BEGIN"));
    }

    private static Map<String, String> oids(Stream<? extends MibObject> objects) {
        Map<String, String> oids = new TreeMap<>();
        objects.forEach(object -> oids.put(object.descriptor(), object.oid()));
        return oids;
    }

    private static Map<String, Integer> numbers(MibValue... values) {
        Map<String, Integer> numbers = new TreeMap<>();
        for (MibValue value : values) {
            numbers.put(value.label(), value.number());
        }
        return numbers;
    }
}
