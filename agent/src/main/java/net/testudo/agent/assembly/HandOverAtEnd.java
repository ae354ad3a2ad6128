package net.testudo.agent.assembly;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.management.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A master that ends in order gives its role to the backup master first, so that the others need not find out that it
/// is gone. Without one, or where it takes too long, it ends all the same.
final class HandOverAtEnd implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(HandOverAtEnd.class);

    private final ElementClient element;
    private final BooleanSupplier runs;

    /// @param runs whether the element still runs
    HandOverAtEnd(ElementClient element, BooleanSupplier runs) {
        this.element = element;
        this.runs = runs;
    }

    @Override
    public void close() {
        ElementSnapshot snapshot = element.snapshot();
        if (!runs.getAsBoolean() || snapshot.role() != Role.MASTER) {
            return;
        }
        RoleMoved moved = new RoleMoved();
        try (ElementClient.Subscription _ = element.addListener(moved)) {
            Answer answer = element.submit(id -> new Request.Failover(id, snapshot.device(), 0, "it shuts down"), LIMIT)
                    .join();
            if (answer.outcome() != Answer.Outcome.OK) {
                LOG.info("the role of the master is not handed over: {}", answer.message());
            } else if (!moved.await()) {
                LOG.warn("the role of the master is not handed over within {} s", LIMIT.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class RoleMoved implements ElementClient.Listener {
        private final CountDownLatch moved = new CountDownLatch(1);

        @Override
        public void onEvent(ElementEvent event) {
            // the role is read from the snapshots
        }

        @Override
        public void onSnapshot(ElementSnapshot snapshot) {
            if (snapshot.role() != Role.MASTER) {
                moved.countDown();
            }
        }

        boolean await() throws InterruptedException {
            return moved.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
