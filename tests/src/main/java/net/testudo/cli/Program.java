package net.testudo.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// Runs a verb of the launcher `./testudo`.
public final class Program {
    private static final String VERB = "./testudo ";
    private static final int WIDTH = 120;

    private Program() {}

    /// Parses the arguments and does what they ask for, without ending the JVM. What is wrong with them is said in
    /// one line, with how to see what is right.
    ///
    /// @param command with annotations of picocli, named like the verb
    /// @param out for what it says, and for `--help`
    /// @param error for what is wrong
    /// @return the exit status, 2 if the arguments are wrong
    public static int run(ProgramCommand command, PrintStream out, PrintStream error, String... arguments) {
        return line(command).setOut(writer(out)).setErr(writer(error)).execute(arguments);
    }

    /// Only parses the arguments.
    ///
    /// @throws ParameterException that says what is wrong
    public static <T extends ProgramCommand> T parse(T command, String... arguments) {
        line(command).parseArgs(arguments);
        return command;
    }

    /// The text of `--help`.
    public static String usage(ProgramCommand command) {
        return line(command).getUsageMessage();
    }

    private static CommandLine line(ProgramCommand command) {
        CommandLine line = new CommandLine(command)
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Program::onMisuse);
        line.getCommandSpec().usageMessage().footer(command.footer().toArray(String[]::new));
        return line.setCommandName(VERB + line.getCommandName());
    }

    private static int onMisuse(ParameterException fault, String[] arguments) {
        CommandLine line = fault.getCommandLine();
        line.getErr()
                .println(line.getCommandName() + ": " + fault.getMessage() + ". '" + line.getCommandName()
                        + " --help' lists the options.");
        return ExitCode.USAGE;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
