package net.testudo.element.management;

/// What the hardware of a device can do, and how much of that is in use (ELE-01, ELE-04).
///
/// @param load how busy the processors are, 0 to 100 percent
/// @param processors how many there are, 0 if that is not known
/// @param linkMbps speed of the data ports, taken together, 0 if that is not known
public record Capacity(int load, int processors, int linkMbps) {
    /// Nothing was measured yet.
    public static final Capacity UNKNOWN = new Capacity(0, 0, 0);
}
