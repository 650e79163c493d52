package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads Okta's paginated lists. */
@Singleton
public class OktaPages {

    /** The most empty pages that are followed; Okta returns one when its entries have been removed in the meantime. */
    private static final int EMPTY_PAGES = 3;

    private final OktaExchange okta;

    OktaPages(OktaExchange okta) {
        this.okta = okta;
    }

    /** Reads one page. */
    @FunctionalInterface
    public interface PageReader {

        /**
         * @return the number of entries; negative when no more pages are wanted
         * @throws dev.bulkuserimport.problem.ProblemException when it is not a page
         */
        int read(OktaReply.Answered page);
    }

    /**
     * Reads pages until the last one, or until the reader wants no more. An unreadable link to the next page, a link to a page that was
     * read before, or too many empty pages in a row end the list.
     *
     * @param call creates the call for the page after a token
     * @param most the most pages to read
     * @return whether reading ended at the last page or because the reader wanted no more
     */
    public boolean read(Function<Optional<String>, OktaCall> call, int most, PageReader reader, Deadline deadline) {
        Optional<String> after = Optional.empty();
        Set<String> read = new HashSet<>();
        int empty = 0;
        for (int pages = 0; pages < most; pages++) {
            OktaReply.Answered answer = okta.execute(call.apply(after), deadline);
            int entries = reader.read(answer);
            if (entries < 0) {
                return true;
            }
            empty = entries == 0 ? empty + 1 : 0;
            LinkHeader.Next next = LinkHeader.next(answer.link());
            if (next instanceof LinkHeader.Next.None) {
                return true;
            }
            if (!(next instanceof LinkHeader.Next.Page page) || !read.add(page.after()) || empty >= EMPTY_PAGES) {
                return false;
            }
            after = Optional.of(page.after());
        }
        return false;
    }
}
