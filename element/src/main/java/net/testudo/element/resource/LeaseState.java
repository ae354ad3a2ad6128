package net.testudo.element.resource;

/// What a block of ports is.
enum LeaseState {
    /// Nobody's.
    FREE(0),
    /// Chosen for a device; the backup does not know yet, so nothing is taken from it.
    PENDING(1),
    /// Its ports may be taken.
    ACTIVE(2),
    /// Nothing more is taken from it; flows that have its ports keep them. It is free once they ended and its ports
    /// have rested.
    DRAINING(3);

    private static final LeaseState[] BY_CODE = {FREE, PENDING, ACTIVE, DRAINING};

    private final int code;

    LeaseState(int code) {
        this.code = code;
    }

    /// Its number on the wire.
    int code() {
        return code;
    }

    static boolean isCode(int code) {
        return code >= 0 && code < BY_CODE.length;
    }

    static LeaseState of(int code) {
        return BY_CODE[code];
    }
}
