package net.testudo.sim.fault;

import java.lang.reflect.Field;
import java.util.Objects;
import java.util.function.Consumer;
import net.testudo.element.engine.Engine;

/// Alters what an engine works with behind everybody's back, as a broken memory or a broken program does. The product
/// has no way to do that, so it is done by reflection.
@SuppressWarnings("ReferenceEquality") // what is taken into use again is another object
public final class AlteredMemory implements Consumer<Engine> {
    /// The part of the configuration in force that is altered.
    public enum Part {
        /// What all devices share.
        CLUSTER,
        /// What is derived for the device.
        DEVICE,
        /// The number of the revision: the device says that it works with an older one.
        NUMBER,
        /// The tables that the data path decides by: the first rule means the opposite.
        TABLES
    }

    private final Part part;
    private Object altered = this;

    /// @param part what is altered
    public AlteredMemory(Part part) {
        this.part = part;
    }

    /// Alters one octet, once in each configuration that is taken into use: each has an array of its own.
    @Override
    public void accept(Engine engine) {
        try {
            if (part == Part.TABLES) {
                alterTables(engine);
                return;
            }
            Object inForce = value(value(engine, "dataPlane"), "inForce");
            if (part == Part.NUMBER) {
                alterNumber(inForce);
                return;
            }
            byte[] octets = (byte[]) value(inForce, part == Part.CLUSTER ? "cluster" : "device");
            if (octets != altered && octets.length > 0) {
                octets[octets.length / 2] ^= 1;
                altered = octets;
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the configuration in force is kept elsewhere now: follow it", e);
        }
    }

    private void alterNumber(Object inForce) throws ReflectiveOperationException {
        Object taken = value(inForce, "cluster");
        if (taken != altered) {
            Field number = field(inForce, "number");
            number.setLong(inForce, number.getLong(inForce) - 1);
            altered = taken;
        }
    }

    private void alterTables(Engine engine) throws ReflectiveOperationException {
        Object path = value(value(engine, "dataPlane"), "path");
        Object plan = field(path, "plan").get(path);
        if (plan == null) {
            return; // it works with nothing
        }
        boolean[] accepts = (boolean[]) value(value(value(plan, "policy"), "rules"), "accepts");
        if (accepts != altered && accepts.length > 0) {
            accepts[0] = !accepts[0];
            altered = accepts;
        }
    }

    private static Object value(Object owner, String name) throws ReflectiveOperationException {
        return Objects.requireNonNull(field(owner, name).get(owner), name);
    }

    private static Field field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
