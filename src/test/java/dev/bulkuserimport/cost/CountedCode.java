package dev.bulkuserimport.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Loads the function's classes once more, each with calls of {@link Steps}: what they do is then a number, the same on every machine. */
final class CountedCode extends ClassLoader {

    private static final String STEPS = Steps.class.getName().replace('.', '/');

    private static final String OURS = "dev.bulkuserimport.";

    private static final String LIST = "java/util/List.";
    private static final String TEXT = "java/lang/String.";

    /** Methods of the JDK that visit elements which no code of ours sees, and what counts them. */
    private static final Map<String, String[]> HIDDEN = Map.of(
            "java/text/Normalizer.normalize(Ljava/lang/CharSequence;Ljava/text/Normalizer$Form;)Ljava/lang/String;",
            new String[] {"normalize", "(Ljava/lang/CharSequence;Ljava/text/Normalizer$Form;)Ljava/lang/String;"},
            "java/util/Collection.contains(Ljava/lang/Object;)Z",
            new String[] {"contains", "(Ljava/util/Collection;Ljava/lang/Object;)Z"},
            LIST + "contains(Ljava/lang/Object;)Z",
            new String[] {"containsInList", "(Ljava/util/List;Ljava/lang/Object;)Z"},
            LIST + "indexOf(Ljava/lang/Object;)I",
            new String[] {"indexOf", "(Ljava/util/List;Ljava/lang/Object;)I"},
            LIST + "remove(I)Ljava/lang/Object;",
            new String[] {"remove", "(Ljava/util/List;I)Ljava/lang/Object;"},
            LIST + "removeAll(Ljava/util/Collection;)Z",
            new String[] {"removeAll", "(Ljava/util/List;Ljava/util/Collection;)Z"},
            TEXT + "indexOf(Ljava/lang/String;)I",
            new String[] {"indexOf", "(Ljava/lang/String;Ljava/lang/String;)I"},
            TEXT + "indexOf(I)I",
            new String[] {"indexOf", "(Ljava/lang/String;I)I"},
            TEXT + "indexOf(Ljava/lang/String;I)I",
            new String[] {"indexOf", "(Ljava/lang/String;Ljava/lang/String;I)I"},
            TEXT + "indexOf(II)I",
            new String[] {"indexOf", "(Ljava/lang/String;II)I"});

    CountedCode() {
        super(CountedCode.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || name.startsWith(Steps.class.getPackageName() + ".")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? counted(name) : loaded;
        }
    }

    private Class<?> counted(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            ClassReader reader = new ClassReader(in);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new Counting(writer), 0);
            byte[] code = writer.toByteArray();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counting extends ClassVisitor {

        Counting(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new CountingMethod(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }

    private static final class CountingMethod extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();

        CountingMethod(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            step();
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        /** A jump back is another turn of a loop. */
        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (passed.contains(label)) {
                step();
            }
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String[] counted = HIDDEN.get(owner + "." + name + descriptor);
            if (counted == null) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            } else {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, counted[0], counted[1], false);
            }
        }

        private void step() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "step", "()V", false);
        }
    }
}
