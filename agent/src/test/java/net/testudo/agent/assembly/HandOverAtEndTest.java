package net.testudo.agent.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.testudo.agent.BareSnapshot;
import net.testudo.agent.management.QueuedManagementPort;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.management.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandOverAtEndTest {
    private final LinkedBlockingQueue<Object> wakeUps = new LinkedBlockingQueue<>();
    private final QueuedManagementPort element = new QueuedManagementPort(() -> wakeUps.add(this));

    @AfterEach
    void closeElement() {
        element.close();
    }

    @Test
    void aMasterEndsWhenItsRoleHasMoved() throws Exception {
        element.publish(snapshot(Role.MASTER));
        CompletableFuture<Void> end = end(true);
        Request request = requested();
        assertEquals(new Request.Failover(request.requestId(), 1, 0, "it shuts down"), request);
        element.answer(Answer.ok(request.requestId(), 1));
        element.publish(snapshot(Role.MASTER));
        element.publish(snapshot(Role.BACKUP_MASTER));
        end.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aMasterThatNobodyCanFollowEndsAtOnce() throws Exception {
        element.publish(snapshot(Role.MASTER));
        CompletableFuture<Void> end = end(true);
        Request request = requested();
        element.answer(Answer.no(request.requestId(), Outcome.REFUSED, "there is no backup master to take over"));
        end.get(10, TimeUnit.SECONDS);
    }

    @Test
    void nobodyIsAskedByAMemberOrBySomethingThatFailed() throws Exception {
        element.publish(snapshot(Role.ACTIVE));
        end(true).get(10, TimeUnit.SECONDS);
        element.publish(snapshot(Role.MASTER));
        end(false).get(10, TimeUnit.SECONDS);
        assertNull(element.poll());
    }

    private CompletableFuture<Void> end(boolean runs) {
        return CompletableFuture.runAsync(new HandOverAtEnd(element, () -> runs)::close);
    }

    private Request requested() throws InterruptedException {
        @Nullable Request request = null;
        while (request == null) {
            wakeUps.poll(10, TimeUnit.SECONDS);
            request = element.poll();
        }
        return request;
    }

    private static ElementSnapshot snapshot(Role role) {
        return BareSnapshot.of(role, 1);
    }
}
