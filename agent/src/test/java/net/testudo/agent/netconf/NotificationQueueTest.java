package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import net.testudo.agent.datastore.Xml;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class NotificationQueueTest {
    private static final int WAITING_MAX = 20;
    private static final int ON_THE_WAY_MAX = 8;

    private final List<String> made = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final Queue<Promise<Void>> onTheWay = new ArrayDeque<>();
    private final NotificationQueue queue = new NotificationQueue(WAITING_MAX, Runnable::run, notification -> {
        sent.add(notification.getDocumentElement().getLocalName());
        Promise<Void> left = ImmediateEventExecutor.INSTANCE.newPromise();
        onTheWay.add(left);
        return left;
    });

    private boolean add(String name) {
        return queue.add(() -> {
            made.add(name);
            return List.of(document(name));
        });
    }

    private static Document document(String name) {
        return Xml.root("urn:test", name).getOwnerDocument();
    }

    private void leaves() {
        onTheWay.remove().setSuccess(null);
    }

    @Test
    void notificationsAreMadeWhenTheyCanBeSentAndInTheirOrder() {
        for (int i = 0; i < ON_THE_WAY_MAX + 2; i++) {
            assertTrue(add("n" + i));
        }
        assertEquals(ON_THE_WAY_MAX, made.size());
        leaves();
        assertEquals("n8", made.getLast());
        leaves();
        assertEquals(List.of("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"), sent);
        assertEquals(made, sent);
    }

    @Test
    void whoDoesNotReadIsFoundOut() {
        for (int i = 0; i < ON_THE_WAY_MAX + WAITING_MAX; i++) {
            assertTrue(add("n" + i));
        }
        assertFalse(add("tooMany"));
        leaves();
        assertTrue(add("again"));
    }

    @Test
    void whatTheClientDoesNotWantTakesNoPlace() {
        for (int i = 0; i < ON_THE_WAY_MAX; i++) {
            assertTrue(queue.add(List::of));
        }
        assertTrue(add("wanted"));
        assertEquals(List.of("wanted"), sent);
    }

    @Test
    void oneThatCannotBeMadeIsLeftOut() {
        assertTrue(queue.add(() -> {
            throw new IllegalStateException("a fault of the test's");
        }));
        assertTrue(add("next"));
        assertEquals(List.of("next"), sent);
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        for (int i = 0; i <= ON_THE_WAY_MAX; i++) {
            assertTrue(add("n" + i));
        }
        queue.close();
        leaves();
        assertTrue(add("later"));
        assertEquals(ON_THE_WAY_MAX, sent.size());
    }
}
