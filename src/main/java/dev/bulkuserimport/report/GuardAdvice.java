package dev.bulkuserimport.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to do about a file that a guard has stopped. */
final class GuardAdvice {

    private static final Pattern PLAIN = Pattern.compile("s3://[\\w./ =@+,()-]+");

    /** What a value may be in the command's list of the form {@code name=value,name=value}. */
    private static final Pattern VALUE = Pattern.compile("[\\w./+@-]+");

    private GuardAdvice() {}

    static List<String> of(ReportView view, StoppingGuard guard) {
        if (guard.isOwn()) {
            return List.of(
                    "Compare the file with the source system: is it truncated, is a column missing, is it a different export than usual?",
                    "If it is right, raise the limit in the file itself (maxDeactivations, maxChanges) or remove it, and"
                            + " upload the file to the same folder again. Object metadata can't raise it.");
        }
        return List.of(
                "Compare the file with the source system: is it truncated, is a column missing, is it a different export than usual?",
                "If so, export it again, and upload it to the same folder.",
                "If the " + guard.kind().noun()
                        + " are right, upload the file there again with the object metadata "
                        + guard.kind().metadata()
                        + " set to the number that you expect"
                        + counted(view).map(number -> " (here " + number + ")").orElse("")
                        + (isByMetadata(view) ? ", and again with dry-run: true" : "")
                        + ". Repeat its other metadata, because an upload replaces all of it. "
                        + (view.dryRun()
                                ? "That is still a dry run; the import itself needs the same metadata."
                                : "It applies only to this file."),
                "If this many are normal, the function's operator can raise "
                        + guard.kind().setting() + ".");
    }

    /** Whether it would be the import itself without its metadata. */
    private static boolean isByMetadata(ReportView view) {
        return view.dryRun() && !PreviewAdvice.isByFolder(view);
    }

    /**
     * The command for uploading a stopped file again, as the same import. Empty for any other result, and if a name contains special
     * characters of a shell or of the command's list of metadata.
     */
    static Optional<String> command(ReportView view) {
        Optional<StoppingGuard> guard =
                view.problem().flatMap(ReportView.Failure::guard).filter(stopping -> !stopping.isOwn());
        Optional<String> place = view.place().filter(PLAIN.asMatchPredicate());
        if (guard.isEmpty() || place.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> metadata = metadata(view, place.get(), guard.get());
        if (!metadata.values().stream().allMatch(VALUE.asMatchPredicate())) {
            return Optional.empty();
        }
        return Optional.of("aws s3 cp '" + view.file() + "' '" + place.get() + "' --metadata "
                + metadata.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining(",")));
    }

    /** An upload replaces an object's metadata, so whatever may have come from it is repeated. */
    private static Map<String, String> metadata(ReportView view, String place, StoppingGuard guard) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(guard.kind().metadata(), counted(view).map(String::valueOf).orElse("NUMBER"));
        if (isByMetadata(view)) {
            metadata.put("dry-run", "true");
        }
        String folder = place.substring(0, place.lastIndexOf('/') + 1);
        view.mapping()
                .filter(key -> !folder.replaceFirst("^s3://[^/]+/", "")
                        .concat("mapping.json")
                        .equals(key))
                .ifPresent(key -> metadata.put("mapping", key));
        if (!isNamedBy(folder.split("/"), view)) {
            view.applicationId().ifPresent(id -> metadata.put("application-id", id));
            view.operation().ifPresent(operation -> metadata.put("import-operation", operation));
        }
        return metadata;
    }

    /** Whether the last two folders are the application's and the operation's, so that they say it without metadata. */
    private static boolean isNamedBy(String[] folders, ReportView view) {
        int last = folders.length - 1;
        return view.applicationId().filter(folders[last - 1]::equals).isPresent()
                && view.operation()
                        .filter(folders[last].replace('-', '_')::equalsIgnoreCase)
                        .isPresent();
    }

    private static Optional<Integer> counted(ReportView view) {
        return view.problem().flatMap(ReportView.Failure::counted);
    }
}
