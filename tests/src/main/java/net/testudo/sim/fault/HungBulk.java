package net.testudo.sim.fault;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.testudo.element.engine.Engine;
import org.jspecify.annotations.Nullable;

/// Makes a device's handling of bulk messages hang: they arrive and are not handled, while all else goes on, as with a
/// broken program. The product has no way to do that, so it is done by reflection, from outside.
public final class HungBulk implements Consumer<Engine> {
    private final boolean lose;
    private final List<Delayed> unhandled = new ArrayList<>();
    private @Nullable Object listener;

    private interface Delayed {
        void run() throws Throwable;
    }

    /// @param lose whether what arrives meanwhile is lost; else it is handled in the end
    public HungBulk(boolean lose) {
        this.lose = lose;
    }

    /// It hangs from now on; once is enough.
    @Override
    public void accept(Engine engine) {
        replace(engine, former -> {
            listener = former;
            Class<?> type = former.getClass().getInterfaces()[0];
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (_, method, arguments) -> handle(former, method, arguments));
        });
    }

    private @Nullable Object handle(Object former, Method method, Object[] arguments) throws Throwable {
        if (!method.getName().equals("onFlowBulk")) {
            return call(former, method, arguments);
        }
        if (!lose) {
            unhandled.add(() -> call(former, method, arguments));
        }
        return null;
    }

    private static @Nullable Object call(Object former, Method method, Object[] arguments) throws Throwable {
        try {
            method.setAccessible(true);
            return method.invoke(former, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /// It is well again, and handles first what waits.
    public void end(Engine engine) {
        Object former = listener;
        if (former == null) {
            return;
        }
        listener = null;
        replace(engine, _ -> former);
        for (Delayed message : unhandled) {
            try {
                message.run();
            } catch (Throwable e) {
                throw new IllegalStateException("a message that waited was not handled", e);
            }
        }
        unhandled.clear();
    }

    private static void replace(Engine engine, UnaryOperator<Object> by) {
        try {
            Object link = field(engine, "link").get(engine);
            Field field = field(link, "listener");
            field.set(link, by.apply(field.get(link)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("bulk messages are handled elsewhere now: follow it", e);
        }
    }

    private static Field field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
