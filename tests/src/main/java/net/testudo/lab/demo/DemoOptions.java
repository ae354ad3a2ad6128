package net.testudo.lab.demo;

import java.nio.file.Path;
import java.util.Optional;

/// What the demo was asked to do.
///
/// @param devices how many, 2 to [Topology#DEVICE_COUNT_MAX]
/// @param death how the master dies
/// @param repeat how often all of it is done
/// @param keep whether the last lab stays up
/// @param json where the measurements are written, if anywhere
record DemoOptions(int devices, Death death, int repeat, boolean keep, Optional<Path> json) {}
