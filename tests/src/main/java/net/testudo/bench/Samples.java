package net.testudo.bench;

import java.util.Arrays;

/// Values of one kind, for what is in their middle and at their end.
final class Samples {
    private double[] values = {};

    void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// The smallest value that is not below this part of all, such as 0.99.
    double quantile(double part) {
        double[] sorted = sorted();
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    double max() {
        return quantile(1);
    }

    private double[] sorted() {
        if (values.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
