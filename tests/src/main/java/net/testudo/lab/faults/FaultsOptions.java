package net.testudo.lab.faults;

import java.nio.file.Path;
import java.util.Optional;

/// What the run was asked to do.
///
/// @param count how many steps
/// @param seed that names the course
/// @param devices how many, 2 to [Topology#DEVICE_COUNT_MAX]
/// @param json where the figures are written, if anywhere
/// @param keepLogs whether the logs are kept also if all went well
record FaultsOptions(int count, long seed, int devices, Optional<Path> json, boolean keepLogs) {}
