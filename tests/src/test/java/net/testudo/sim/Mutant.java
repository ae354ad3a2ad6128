package net.testudo.sim;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.util.concurrent.atomic.AtomicInteger;

/// A fault in the product: one method of one class does something else.
///
/// @param name what the fault is
/// @param className of the class
/// @param method its name; all methods of that name are replaced
/// @param replacement what it does instead
/// @param foundBySeed a seed that found it; changes of the product may move that to another one
record Mutant(String name, String className, String method, Replacement replacement, int foundBySeed) {
    /// What a method does instead of its work.
    enum Replacement {
        /// Answers true.
        TRUE,
        /// Answers false.
        FALSE,
        /// Returns at once; for methods without result.
        NOTHING,
        /// Answers its first argument.
        FIRST_ARGUMENT,
        /// Answers its last argument.
        LAST_ARGUMENT
    }

    /// The class file with the method replaced.
    ///
    /// @throws IllegalStateException if the class has no such method
    byte[] applyTo(byte[] classFile) {
        ClassFile format = ClassFile.of();
        ClassModel model = format.parse(classFile);
        AtomicInteger replaced = new AtomicInteger();
        byte[] mutated = format.transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel found && found.methodName().equalsString(method)) {
                replaced.incrementAndGet();
                builder.transformMethod(found, replaceCode(found));
            } else {
                builder.with(element);
            }
        });
        if (replaced.get() == 0) {
            throw new IllegalStateException(className + " has no method " + method + ": the table of mutants is old");
        }
        return mutated;
    }

    private MethodTransform replaceCode(MethodModel found) {
        return (builder, element) -> {
            if (element instanceof CodeModel) {
                builder.withCode(code -> write(code, found));
            } else {
                builder.with(element);
            }
        };
    }

    private void write(CodeBuilder code, MethodModel found) {
        switch (replacement) {
            case TRUE -> code.iconst_1().ireturn();
            case FALSE -> code.iconst_0().ireturn();
            case NOTHING -> code.return_();
            case FIRST_ARGUMENT -> answerArgument(code, found, 0);
            case LAST_ARGUMENT ->
                answerArgument(code, found, found.methodTypeSymbol().parameterCount() - 1);
        }
    }

    private static void answerArgument(CodeBuilder code, MethodModel found, int index) {
        TypeKind kind = TypeKind.from(found.methodTypeSymbol().parameterType(index));
        code.loadLocal(kind, code.parameterSlot(index)).return_(kind);
    }

    @Override
    public String toString() {
        return name;
    }
}
