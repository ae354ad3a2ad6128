package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The calls of Linux that Java has no API for (JEP 454). Each answers what the C function does, or the negated
/// error number.
final class LinuxCalls {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENOSYS = 38;
    static final int ENETDOWN = 100;
    static final int AF_INET = 2;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final short POLLIN = 1;
    static final short POLLERR = 8;
    static final int SOL_SOCKET = 1;
    static final int SO_ERROR = 4;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int MSG_DONTWAIT = 0x40;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO_CAPTURE = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> CALL_STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            handle("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SENDMMSG =
            handle("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle MMAP = handle(
            "mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = handle("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle PPOLL =
            handle("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle OPEN =
            handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL = handle(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENTFD = handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SCHED_SETSCHEDULER =
            handle("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

    private static final MethodHandle SYSCALL = handle(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SETPRIORITY =
            handle("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle ADJTIMEX = handle("adjtimex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle GETTID = handle("gettid", FunctionDescriptor.of(JAVA_INT));

    private static final int PRIO_PROCESS = 0;

    private LinuxCalls() {}

    static int socket(int domain, int type) {
        return (int) call(() -> (int) SOCKET.invokeExact(CALL_STATE.get(), domain, type, 0));
    }

    static int bind(int descriptor, MemorySegment address) {
        return (int)
                call(() -> (int) BIND.invokeExact(CALL_STATE.get(), descriptor, address, (int) address.byteSize()));
    }

    static int setOption(int descriptor, int level, int option, MemorySegment value) {
        return (int) call(() -> (int)
                SETSOCKOPT.invokeExact(CALL_STATE.get(), descriptor, level, option, value, (int) value.byteSize()));
    }

    /// Reads an option of a socket into native memory.
    ///
    /// @param length in native memory: the size of `value`, afterwards what was used of it
    static int option(int descriptor, int level, int option, MemorySegment value, MemorySegment length) {
        return (int)
                call(() -> (int) GETSOCKOPT.invokeExact(CALL_STATE.get(), descriptor, level, option, value, length));
    }

    /// Sends without waiting.
    ///
    /// @param messages in native memory, so many `struct mmsghdr` from `offset` on
    /// @return how many were taken; an error only if it was the first that could not be
    static int send(int descriptor, MemorySegment messages, long offset, int count) {
        MemorySegment state = CALL_STATE.get();
        try {
            int sent = (int) SENDMMSG.invokeExact(state, descriptor, messages.asSlice(offset), count, MSG_DONTWAIT);
            return (int) result(sent, state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Maps what a descriptor stands for, to read and to write; unmapped when the arena is closed.
    ///
    /// @return null if the kernel refuses
    // The kernel answers with the address of as many octets as were asked for.
    @SuppressWarnings("restricted")
    static @Nullable MemorySegment map(int descriptor, long octets, Arena arena) {
        long address = call(() ->
                (long) MMAP.invokeExact(CALL_STATE.get(), 0L, octets, PROT_READ_WRITE, MAP_SHARED, descriptor, 0L));
        return address < 0
                ? null
                : MemorySegment.ofAddress(address)
                        .reinterpret(octets, arena, mapped -> unmap(mapped.address(), octets));
    }

    private static void unmap(long address, long octets) {
        call(() -> (int) MUNMAP.invokeExact(CALL_STATE.get(), address, octets));
    }

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(path);
            return (int) call(() -> (int) OPEN.invokeExact(CALL_STATE.get(), text, flags));
        }
    }

    static int close(int descriptor) {
        return (int) call(() -> (int) CLOSE.invokeExact(CALL_STATE.get(), descriptor));
    }

    static int ioctl(int descriptor, long request, MemorySegment argument) {
        return (int) call(() -> (int) IOCTL.invokeExact(CALL_STATE.get(), descriptor, request, argument));
    }

    /// Reads into native memory.
    static int read(int descriptor, MemorySegment into) {
        return (int) call(() -> (long) READ.invokeExact(CALL_STATE.get(), descriptor, into, into.byteSize()));
    }

    /// Writes from native memory.
    static int write(int descriptor, MemorySegment from) {
        return (int) call(() -> (long) WRITE.invokeExact(CALL_STATE.get(), descriptor, from, from.byteSize()));
    }

    static int poll(MemorySegment descriptors, long count, int timeoutMs) {
        return (int) call(() -> (int) POLL.invokeExact(CALL_STATE.get(), descriptors, count, timeoutMs));
    }

    /// Waits like [#poll], for a time of seconds and nanoseconds.
    // Like `send`, called at each turn of a duty cycle: spelt out, since a lambda costs more than the call until all of
    // it is compiled.
    static int poll(MemorySegment descriptors, long count, MemorySegment timespec) {
        MemorySegment state = CALL_STATE.get();
        try {
            return (int)
                    result((int) PPOLL.invokeExact(state, descriptors, count, timespec, MemorySegment.NULL), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// A descriptor that becomes readable once eight octets of a number above zero were written to it.
    static int eventDescriptor() {
        return (int) call(() -> (int) EVENTFD.invokeExact(CALL_STATE.get(), 0, O_NONBLOCK | O_CLOEXEC));
    }

    /// Number of the calling thread.
    static int threadId() {
        return (int) call(() -> (int) GETTID.invokeExact(CALL_STATE.get()));
    }

    /// Sets the policy of a thread.
    ///
    /// This and [#setNice] share no code with calls of other threads, for which it would be translated
    /// anew: who watches real-time threads must not meet that ([RealTime#requestToWatch]).
    ///
    /// @param priority in native memory
    static int setScheduler(int thread, int policy, MemorySegment priority) {
        MemorySegment state = CALL_STATE.get();
        try {
            return (int) result((int) SCHED_SETSCHEDULER.invokeExact(state, thread, policy, priority), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// sched_setattr(2), which older C libraries do not have: `SCHED_DEADLINE` for a thread.
    ///
    /// @param runtimeNs what it may use of each period
    /// @return 0, or the negative errno; [#ENOSYS] where the number of the call is not known
    static int setDeadline(int thread, long runtimeNs, long periodNs) {
        int number = switch (System.getProperty("os.arch")) {
            case "amd64" -> 314;
            case "aarch64", "riscv64" -> 274;
            default -> -1;
        };
        if (number < 0) {
            return -ENOSYS;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = SchedulingAttributes.ofDeadline(arena, runtimeNs, periodNs);
            return (int) call(() -> (long) SYSCALL.invokeExact(CALL_STATE.get(), (long) number, thread, attributes, 0));
        }
    }

    /// Asks for the state of the wall clock.
    ///
    /// @param timex in native memory, zero: nothing is adjusted
    static int adjtimex(MemorySegment timex) {
        return (int) call(() -> (int) ADJTIMEX.invokeExact(CALL_STATE.get(), timex));
    }

    /// setpriority(2) of one thread.
    ///
    /// @param nice from -20, which runs before others, to 19
    /// @return 0, or the negative errno
    static int setNice(int thread, int nice) {
        MemorySegment state = CALL_STATE.get();
        try {
            return (int) result((int) SETPRIORITY.invokeExact(state, PRIO_PROCESS, thread, nice), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private static long call(NativeCall call) {
        try {
            return result(call.run(), CALL_STATE.get());
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private static long result(long returned, MemorySegment callState) {
        return returned < 0 ? -(int) ERRNO.get(callState, 0L) : returned;
    }

    /// A downcall declares Throwable and throws nothing checked.
    private static IllegalStateException impossible(Throwable e) {
        switch (e) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(e);
        }
    }

    // The functions and their shapes are those of the C library's manual pages; nothing else is called.
    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = ERRNO_CAPTURE;
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, all);
    }

    @FunctionalInterface
    private interface NativeCall {
        long run() throws Throwable;
    }
}
