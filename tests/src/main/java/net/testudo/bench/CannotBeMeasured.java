package net.testudo.bench;

import java.io.IOException;
import net.testudo.lab.LabException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// What the lab could not do is one line, not a stack trace; anything else is a fault of the benchmark.
final class CannotBeMeasured implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) throws Exception {
        if (e instanceof LabException || e instanceof IOException) {
            line.getErr().println("cannot be measured: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
        throw e;
    }
}
