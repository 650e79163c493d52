package dev.bulkuserimport.source;

import java.util.List;
import java.util.regex.Pattern;

/** The texts that label a report's totals: "Grand Total: 2", "Genel Toplam", "(2 rows affected)". */
final class TotalsLabel {

    /** The letters that {@link #TOTAL} begins with; most IDs don't. */
    private static final List<String> STARTS = List.of(
            ("tot,gra,sub,ove,rep,sum,ges,som,cou,num,rec,row,anz,zwi,erg,yht,kai,lop,i a,hov,del,eind,top,gen,ara,cel,raz,"
                            + "ogó,łąc,úhr,spo,ukup,sveu,skup,össz,vég,mind,ito,ито,все,общ,раз,заг,γεν,σύν,συν,tổng,합계,총,소계,合計,総計,小計,集計,人数,"
                            + "总,合计,小计,汇总,總,彙總,匯總,요약,件数,sou,nb ,nom,núm,eff,lic,employee,user c,headcount,סה,סך,סכו,المج,الإج,مجم,إجم")
                    .split(","));

    /** The first character of the scripts in which two characters are a word. */
    private static final char IDEOGRAPHS = '\u2E80';

    /** Hebrew, whose abbreviations hold a mark (סה״כ), and Arabic. */
    private static final char HEBREW = '\u0590';

    private static final char ARABIC_END = '\u06FF';

    private static final String THINGS =
            "(?:records?|rows?|users?|employees?|people|persons?|members?|lines?|entries|workers?|headcount|count|number)";

    /** What a database client or a report counts, in other languages. */
    private static final String OTHER_THINGS =
            "(?:row\\(s\\)|zeilen?|datensätze|mitarbeiter(?:innen)?|beschäftigte|benutzer|personen|lignes?|employés|personnes|utilisateurs"
                    + "|filas?|empleados|personas|usuarios|righ[ae]|dipendenti|persone|utenti|rijen|medewerkers|linhas?|rader|ansatte"
                    + "|строк[аи]?|行)";

    /** What French, Spanish and Portuguese reports count: "Total des salariés", "Número de registros". */
    private static final String ROMANCE_THINGS =
            "(?:des? |d['’] ?)?(?:lignes|enregistrements|employés|salariés|collaborateurs|personnes|utilisateurs"
                    + "|registros|filas|empleados|personas|usuarios|linhas|funcionários|colaboradores|pessoas|usuários)";

    private static final String DONE =
            "(?:affected|exported|imported|processed|listed|returned|selected|found|fetched|retrieved|read|in (?:the )?(?:set|file|report|export))";

    private static final Pattern TOTAL = Pattern.compile(
            "(?:(?:(?:grand|overall|report|sub|sous|eind|hoved)[ -]?)?tot(?:als?|ali?|ale?|aux|aal|alt|alsum(?:m?a)?)"
                    + "(?: (?:of|general|général|generale|geral|complessivo|results?|(?:in)?active|terminated|" + THINGS
                    + "|"
                    + ROMANCE_THINGS + "))*(?: " + DONE + ")?"
                    + "|grand (?:count|average|sum|max|min|product|result)|(?:sum|count) of " + THINGS
                    + "|(?:employee|user)s? count|headcount"
                    // Romance
                    + "|(?:nombre|nb|número)(?: total)? " + ROMANCE_THINGS + "|effectif total|soma"
                    // Germanic
                    + "|sum(?:me|m?a)?|somme|gesamt(?:summe|ergebnis|zahl|anzahl)?|(?:zwischen|delt?)summ?[ea]?|ergebnis|anzahl|i alt"
                    + "|count|(?:record|row)s?(?: count| " + DONE + ")?|number of " + THINGS + "(?: " + DONE + ")?"
                    // Finnish, Hungarian, Turkish
                    + "|(?:kaikki )?yhteensä|loppusumma|(?:mind)?össz(?:esen|eg)|végösszeg|(?:genel |ara )?toplam(?: (?:kayıt|satır|kişi|çalışan|personel|kullanıcı) sayısı)?"
                    // Slavic
                    + "|(?:общий )?итог|итого|всего|общо|разом|загальний підсумок|cel(?:kem|kový (?:součet|súčet))|úhrn(?:em)?"
                    + "|suma (?:końcowa|częściowa)|liczba (?:rekordów|wierszy|osób|pracowników|użytkowników)|razem|ogółem|łącznie|spolu|(?:sve)?ukupno|skup(?:aj|na vsota)"
                    // Greek, Vietnamese
                    + "|(?:γενικ[όο] )?(?:[άα]θροισμα|σ[ύυ]νολο)|tổng(?: cộng)?"
                    // Hebrew, Arabic
                    + "|סה[\"״']?כ(?: כללי)?|סך הכו?ל|סכום כולל|(?:ال)?(?:مجموع|إجمالي)(?: (?:الكلي|العام))?"
                    + "|合計|総計|小計|集計|人数|件数|总计|合计|小计|汇总|總計|彙總|匯總|총?합계|총계|소계|요약"
                    + ")(?: #)?(?:(?: *[:=\uFF1A] *| +[-\u2013\u2014] +| +)\\d[\\d.,']*(?: [\\d.,']+)*(?: (?:" + THINGS
                    + "|"
                    + OTHER_THINGS + "))?| *[:=\uFF1A]| *\\(\\d[\\d.,' ]*\\))?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What a database client writes below the rows: {@code (2 rows affected)}, {@code 2 rows selected.}, {@code (2 Zeilen)}. */
    private static final Pattern COUNTED = Pattern.compile(
            "\\(?\\d[\\d.,']* (?:" + THINGS + "|" + OTHER_THINGS + ")(?: " + DONE
                    + ")?\\.?\\)?(?: \\(\\d[\\d.,]* sec\\))?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private TotalsLabel() {}

    /** Whether a text with digits that doesn't begin with a word could be one; hardly any ID contains a space. */
    static boolean mayBeOne(char[] text, int offset, int length) {
        char first = text[offset];
        if (first >= IDEOGRAPHS || HEBREW <= first && first <= ARABIC_END) {
            return true;
        }
        for (int i = offset; i < offset + length; i++) {
            if (text[i] == ' ') {
                return Character.isDigit(first) || "(iInN".indexOf(first) >= 0;
            }
        }
        return false;
    }

    static boolean isOne(String cell) {
        if (cell.isEmpty()) {
            return false;
        }
        if (cell.charAt(0) == '(' || Character.isDigit(cell.charAt(0))) {
            return COUNTED.matcher(cell).matches();
        }
        for (String start : STARTS) {
            if (cell.regionMatches(true, 0, start, 0, start.length())) {
                return TOTAL.matcher(cell).matches();
            }
        }
        return false;
    }
}
