package net.testudo.pcapio;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs each test method on a thread of its own in a network namespace of its own. Threads and processes that the
/// test starts are in the same one; with the last of them it is gone, and so nothing is left behind.
final class OwnNetworkNamespace implements InvocationInterceptor {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CLONE_NEWNET = 0x40000000;

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext extension)
            throws Throwable {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().name("test-namespace").start(() -> {
            try {
                LibC.call(
                        "this test needs a network namespace of its own and may not make one: "
                                + "run it as root, or in a user namespace (`unshare -Urnm`)",
                        "unshare",
                        CLONE_NEWNET);
                SystemCommand.run("ip", "link", "set", "dev", "lo", "up");
                invocation.proceed();
            } catch (Throwable e) {
                fault.set(e);
            }
        });
        if (!thread.join(LIMIT)) {
            AssertionError late = new AssertionError("the test did not end within " + LIMIT.toSeconds() + " s");
            late.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            throw late;
        }
        if (fault.get() != null) {
            throw fault.get();
        }
    }
}
