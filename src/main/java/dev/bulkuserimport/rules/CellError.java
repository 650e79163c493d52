package dev.bulkuserimport.rules;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The error values that a spreadsheet shows in a cell that it could not compute, in every language of Excel and LibreOffice.
 *
 * <p>Sources: Microsoft's translations of {@code #VALUE!}, {@code #N/A}, {@code #GETTING_DATA} and the rest, as listed for some 90
 * languages by libraries that localize formulas; LibreOffice's translations of {@code Err:502}. Nearly all of them follow three forms, so
 * translations of new errors are recognized too; the others are listed.
 */
public final class CellError {

    /** {@code #REF!}, {@code #¡VALOR!}, {@code #DĚLENÍ_NULOU!}, {@code #ΔΙΑΙΡ./0!}, {@code #ІМ’Я?}. */
    private static final Pattern MARKED = Pattern.compile("#[¡¿]?\\p{L}[\\p{L}\\p{M}\\p{N}/_. '\u2018\u2019-]*[!?]");

    /** {@code #N/A}, {@code #N/B}, {@code #I/T}, {@code #Н/Д}, {@code #Δ/Υ}, {@code #ԿԻՌ/ՉԷ}. */
    private static final Pattern NOT_AVAILABLE = Pattern.compile("#\\p{L}{1,3}/\\p{L}{1,3}");

    /** Translations that follow neither form, in lower case. */
    private static final Set<String> OTHERS = Set.of(
            // #N/A
            "#nv",
            "#yok",
            "#hiányzik",
            "#není_k_dispozici",
            "#nedostupný",
            "#nedostupné",
            "#haitumaki",
            // #GETTING_DATA
            "#getting_data",
            "#daten_abrufen",
            "#obtention_donnees",
            "#obteniendo_datos",
            "#obtendo_datos",
            "#recupero_dati",
            "#obtendo_dados",
            "#a_obter_dados",
            "#gegevens_ophalen",
            "#pobieranie_danych",
            "#získávání_dat",
            "#načítání_dat",
            "#získanie_údajov",
            "#получение_данных",
            "#отримання_даних",
            "#veri_aliniyor",
            "#veri̇_aliniyor",
            "#hämtar_data",
            "#henter_data",
            "#noudetaan_tietoja",
            "#adatok_bekérése",
            "#preluare_date",
            "#ληψη_δεδομενων",
            "#datuak_lortzen",
            "#mendapatkan_data");

    /** What LibreOffice writes before the colon of {@code Err:502}, in lower case. */
    private static final Set<String> ERR = Set.of(
            "err", "error", "erreur", "errore", "erro", "fehler", "fout", "feil", "fejl", "fel", "virhe", "hiba",
            "chyba", "błąd", "bład", "napaka", "greška", "eroare", "hata", "klaida", "kļūda", "viga", "errorea",
            "σφάλμα", "ошибка", "помилка", "грешка", "памылка");

    private static final int LONGEST_ERR = 12;

    private CellError() {}

    /** Whether a text is an error value, or the number signs that stand for the value of a column that is too narrow. */
    public static boolean isOne(String text) {
        if (text.startsWith("#")) {
            return isMarked(text) || text.length() > 1 && text.chars().allMatch(c -> c == '#');
        }
        return isNumbered(text.toCharArray(), 0, text.length());
    }

    /** Whether a text that begins with {@code #} is an error value. */
    static boolean isMarked(String text) {
        return MARKED.matcher(text).matches()
                || NOT_AVAILABLE.matcher(text).matches()
                || OTHERS.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether a text is one of LibreOffice's numbered errors, {@code Err:501} to {@code Err:540}. */
    static boolean isNumbered(char[] text, int offset, int length) {
        if (length < 6 || length > LONGEST_ERR) {
            return false;
        }
        int number = offset + length - 3;
        if (text[number] != '5' || !isDigit(text[number + 1]) || !isDigit(text[number + 2])) {
            return false;
        }
        char before = text[number - 1];
        if (before != ':' && before != ' ' && before != '\u00A0' && before != '\u202F') {
            return false;
        }
        String word = new String(text, offset, length - 3)
                .replace(" ", "")
                .replace("\u00A0", "")
                .replace("\u202F", "");
        return word.endsWith(":")
                && ERR.contains(word.substring(0, word.length() - 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
