import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The table of local symbols in a Linux library: a tenth of the whole image, of use only to a debugger, and the JDK's distributor has it as
 * well. What the dynamic linker needs is another table. Layout: System V ABI, chapter 4; names as there.
 */
final class SymbolTable {

    private static final int MAGIC = 0x7f454c46;
    private static final int SHT_NULL = 0;
    private static final int SHT_SYMTAB = 2;
    private static final int E_SHOFF = 40;
    private static final int E_SHENTSIZE = 58;
    private static final int E_SHNUM = 60;
    private static final int SH_TYPE = 4;
    private static final int SH_OFFSET = 24;
    private static final int SH_SIZE = 32;
    private static final int SH_LINK = 40;

    private final ByteBuffer file;

    private SymbolTable(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes the table and its strings out of a library; leaves files alone that are no 64-bit little-endian ELF files. */
    static void removeFrom(Path library) throws IOException {
        byte[] bytes = Files.readAllBytes(library);
        if (bytes.length > 64 && ByteBuffer.wrap(bytes).getInt() == MAGIC && bytes[4] == 2 && bytes[5] == 1) {
            Files.write(library, new SymbolTable(bytes).removed());
        }
    }

    private byte[] removed() {
        int symbols = -1;
        for (int i = 0; i < file.getShort(E_SHNUM); i++) {
            if (file.getInt(section(i) + SH_TYPE) == SHT_SYMTAB) {
                symbols = i;
            }
        }
        if (symbols < 0) {
            return file.array();
        }
        int strings = file.getInt(section(symbols) + SH_LINK);
        return cut(strings).cut(symbols).file.array();
    }

    /** Drops a section's bytes and lets what lies behind move up. Its header stays, empty, so that no index changes. */
    private SymbolTable cut(int index) {
        int header = section(index);
        long from = file.getLong(header + SH_OFFSET);
        long size = file.getLong(header + SH_SIZE) & -16; // what moves up stays aligned
        file.putInt(header + SH_TYPE, SHT_NULL)
                .putLong(header + SH_SIZE, 0)
                .putLong(header + SH_LINK, 0); // and the word behind it
        for (int i = 0; i < file.getShort(E_SHNUM); i++) {
            moveUp(section(i) + SH_OFFSET, from, size);
        }
        moveUp(E_SHOFF, from, size);
        byte[] shorter = new byte[(int) (file.capacity() - size)];
        file.get(0, shorter, 0, (int) from)
                .get((int) (from + size), shorter, (int) from, (int) (shorter.length - from));
        return new SymbolTable(shorter);
    }

    private void moveUp(int field, long behind, long by) {
        long offset = file.getLong(field);
        if (offset > behind) {
            file.putLong(field, offset - by);
        }
    }

    private int section(int index) {
        return (int) file.getLong(E_SHOFF) + index * file.getShort(E_SHENTSIZE);
    }
}
