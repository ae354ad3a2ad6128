package net.testudo.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Leads a process that obeys lines on its standard input and answers each with one line: `ok …` or `error …`.
public final class LineClient implements AutoCloseable {
    private static final String OK = "ok";

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    /// @param name for messages
    public LineClient(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// Waits for the process's next line.
    ///
    /// @throws LabException if the process ended
    public String readLine() {
        try {
            @Nullable String line = answers.readLine();
            if (line != null) {
                return line;
            }
            throw new LabException(name + " ended");
        } catch (IOException e) {
            throw new LabException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Sends a command and waits for its answer.
    ///
    /// @return what follows `ok`
    /// @throws LabException with what the process said, if it is not `ok`
    public String ask(String command) {
        commands.println(command);
        String answer = readLine();
        if (!answer.startsWith(OK)) {
            throw new LabException(name + ": " + answer);
        }
        return answer.substring(OK.length()).strip();
    }

    /// Ends the process.
    @Override
    public void close() {
        commands.close();
        process.destroyForcibly();
    }
}
