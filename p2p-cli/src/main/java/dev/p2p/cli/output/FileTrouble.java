package dev.p2p.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file or folder could not be used, in words: many exceptions of Java's say only its name. */
public final class FileTrouble {

    private FileTrouble() {}

    /** The cause of a failure. */
    public static String why(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException taken -> taken.getFile() + " is there already, and is no folder";
            case NoSuchFileException missing -> "there is no " + missing.getFile() + ", and it cannot be made";
            case AccessDeniedException denied -> "this user may not use " + denied.getFile();
            case FileSystemException failed
            when failed.getReason() != null -> failed.getFile() + ": " + failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
