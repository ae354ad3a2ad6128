package net.testudo.sim.fault;

import java.lang.reflect.Field;
import java.util.function.Consumer;
import net.testudo.element.engine.Engine;

/// Alters what an engine works with behind everybody's back, as a broken memory or a broken program does. The product
/// has no way to do that, so it is done by reflection.
public final class AlteredMemory implements Consumer<Engine> {
    /// The part of the configuration in force that is altered.
    public enum Part {
        /// What all devices share.
        CLUSTER,
        /// What is derived for the device.
        DEVICE
    }

    private final Part part;
    private byte[] altered = {};

    /// @param part what is altered
    public AlteredMemory(Part part) {
        this.part = part;
    }

    /// Alters one octet, once in each configuration that is taken into use: each has an array of its own.
    @Override
    @SuppressWarnings("ReferenceEquality")
    public void accept(Engine engine) {
        try {
            Object inForce = value(value(engine, "dataPlane"), "inForce");
            byte[] octets = (byte[]) value(inForce, part == Part.CLUSTER ? "cluster" : "device");
            if (octets != altered && octets.length > 0) {
                octets[octets.length / 2] ^= 1;
                altered = octets;
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the configuration in force is kept elsewhere now: follow it", e);
        }
    }

    private static Object value(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
