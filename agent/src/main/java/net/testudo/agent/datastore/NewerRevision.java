package net.testudo.agent.datastore;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;

/// Waits until the element shows a newer revision than one that it said was overtaken.
final class NewerRevision {
    private static final long LIMIT_MS = 1000;

    private final ElementClient element;

    NewerRevision(ElementClient element) {
        this.element = element;
    }

    /// Waits.
    ///
    /// @return false if there is none within a second
    boolean await(long revision) {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        try (ElementClient.Subscription _ = element.addListener(new ElementClient.Listener() {
            @Override
            public void onEvent(ElementEvent event) {}

            @Override
            public void onSnapshot(ElementSnapshot snapshot) {
                if (snapshot.revision() > revision) {
                    seen.complete(null);
                }
            }
        })) {
            if (element.snapshot().revision() <= revision) {
                seen.get(LIMIT_MS, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
