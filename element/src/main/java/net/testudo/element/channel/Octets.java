package net.testudo.element.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Integers in network order (most significant octet first) in an array of octets.
final class Octets {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    static int getShort(byte[] octets, int at) {
        return (short) SHORT.get(octets, at) & 0xffff;
    }

    static void putShort(byte[] octets, int at, int value) {
        SHORT.set(octets, at, (short) value);
    }

    static int getInt(byte[] octets, int at) {
        return (int) INT.get(octets, at);
    }

    static void putInt(byte[] octets, int at, int value) {
        INT.set(octets, at, value);
    }

    static long getLong(byte[] octets, int at) {
        return (long) LONG.get(octets, at);
    }

    static void putLong(byte[] octets, int at, long value) {
        LONG.set(octets, at, value);
    }
}
