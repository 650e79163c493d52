package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** Lists that Okta gives page by page. */
@Singleton
public class OktaPages {

    /** Pages without an entry that are followed; Okta sends one when what was on it has been removed meanwhile. */
    private static final int EMPTY_PAGES = 3;

    private final OktaExchange okta;

    OktaPages(OktaExchange okta) {
        this.okta = okta;
    }

    /** Takes a page. */
    @FunctionalInterface
    public interface PageReader {

        /**
         * @return how many entries it held; negative when no more pages are wanted
         * @throws dev.bulkuserimport.problem.ProblemException when it is no page
         */
        int read(OktaReply.Answered page);
    }

    /**
     * Reads pages until the last one, or until the reader wants no more. A next page that can't be read, one that is this page again, and
     * an endless row of empty ones end the list.
     *
     * @param call the call for the page after a token
     * @param most pages that are read at most
     * @return whether the list was read to the end that its reader or Okta set
     */
    public boolean read(Function<Optional<String>, OktaCall> call, int most, PageReader reader, Deadline deadline) {
        Optional<String> after = Optional.empty();
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
            if (!(next instanceof LinkHeader.Next.Page page)
                    || after.filter(page.after()::equals).isPresent()
                    || empty >= EMPTY_PAGES) {
                return false;
            }
            after = Optional.of(page.after());
        }
        return false;
    }
}
