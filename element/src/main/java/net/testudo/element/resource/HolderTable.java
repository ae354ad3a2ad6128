package net.testudo.element.resource;

import java.util.Arrays;

/// Which device may use a number: one octet a number, so that a look-up is one read.
final class HolderTable {
    private int[] lines = {};
    private byte[][] devices = {};

    void set(LeaseBlock block, int device) {
        int index = index(block.line());
        if (index < 0) {
            index = lines.length;
            lines = Arrays.copyOf(lines, index + 1);
            devices = Arrays.copyOf(devices, index + 1);
            lines[index] = block.line();
            devices[index] = new byte[LeasePool.NUMBER_MAX + 1];
        }
        Arrays.fill(devices[index], block.first(), block.last() + 1, (byte) device);
    }

    int get(int line, int number) {
        int index = index(line);
        return index < 0 || number < 0 || number > LeasePool.NUMBER_MAX ? 0 : devices[index][number];
    }

    /// There are as many lines as cluster addresses: a handful.
    private int index(int line) {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == line) {
                return i;
            }
        }
        return -1;
    }
}
