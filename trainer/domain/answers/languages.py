"""What differs from language to language in a typed answer: letters, articles, negations."""

import re
from dataclasses import dataclass
from functools import cache

TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
"""The shape of a BCP 47 tag; whether the language exists is not asked."""

CJK = frozenset({"ja", "zh", "ko", "yue", "wuu", "nan", "hak", "cmn", "lzh"})
"""Spaces do not tell words apart there, or not the way that a beginner puts them."""
TURKIC = frozenset({"tr", "az"})
"""I is the capital of dotless ı there, İ that of i."""
JOINING = frozenset({"fa", "ur", "ps", "ckb", "ku", "sd", "ug", "ks", "pa", "kk"})
"""Written in Arabic letters with the zero-width non-joiner as part of the spelling."""

LETTERS: dict[str, str] = {
    "ar": "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي ء أ إ آ ؤ ئ ة ى",
    "az": "ç ə ğ ı ö ş ü",
    "be": "а б в г д е ё ж з і й к л м н о п р с т у ў ф х ц ч ш ы ь э ю я",
    "bg": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
    "ca": "à ç é è í ï ó ò ú ü ·",
    "cs": "á č ď é ě í ň ó ř š ť ú ů ý ž",
    "da": "æ ø å",
    "de": "ä ö ü ß",
    "el": "α ά β γ δ ε έ ζ η ή θ ι ί ϊ ΐ κ λ μ ν ξ ο ό π ρ σ ς τ υ ύ ϋ ΰ φ χ ψ ω ώ",
    "es": "á é í ñ ó ú ü",
    "et": "š ž õ ä ö ü",
    "fa": "ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی آ ء أ ؤ ئ ة",
    "fi": "š ž å ä ö",
    "fr": "à â æ ç é è ê ë î ï ô œ ù û ü ÿ",
    "gl": "á é í ï ñ ó ú ü",
    "he": "א ב ג ד ה ו ז ח ט י כ ך ל מ ם נ ן ס ע פ ף צ ץ ק ר ש ת",
    "hi": "अ आ इ ई उ ऊ ऋ ए ऐ ऑ ओ औ क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म य र ल व श ष स ह "
    "ा ि ी ु ू ृ े ै ॉ ो ौ ं ँ ः ् ़",
    "hr": "č ć đ š ž",
    "hu": "á é í ó ö ő ú ü ű",
    "hy": "ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ ֆ",
    "is": "á ð é í ó ú ý þ æ ö",
    "it": "à é è ì ó ò ù",
    "ka": "ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ",
    "lt": "ą č ę ė į š ų ū ž",
    "lv": "ā č ē ģ ī ķ ļ ņ š ū ž",
    "nl": "á ä é ë í ï ó ö ú ü",
    "no": "à é ó ò ô æ ø å",
    "pl": "ą ć ę ł ń ó ś ź ż",
    "pt": "á à â ã ç é ê í ó ò ô õ ú",
    "ro": "ă â î ș ț",
    "ru": "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "sk": "á ä č ď é í ĺ ľ ň ó ô ŕ š ť ú ý ž",
    "sl": "č š ž",
    "sq": "ç ë",
    "sv": "à é å ä ö",
    "tr": "ç ğ ı ö ş ü",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я ’",
    "vi": "ă â đ ê ô ơ ư \u0300 \u0301 \u0309 \u0303 \u0323",
}
"""The keys shown on the screen. From the main exemplar letters of Unicode CLDR 41, without a-z; Hindi's without letters
that only loans have. Vietnamese has its five tone marks in place of sixty composed letters: typed after
the vowel they compose. Chinese, Japanese and Korean need an input method: they have none."""

DISTINCT: dict[str, str] = {
    "az": "çəğıİöşü",
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøå",
    "de": "äöü",
    "es": "ñ",
    "et": "šžõäöü",
    "eu": "ñ",
    "fi": "åäö",
    "fil": "ñ",
    "gl": "ñ",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "is": "áðéíóúýþæö",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "mt": "ċġħż",
    "no": "æøå",
    "pl": "ąćęłńóśźż",
    "ro": "ăâîșț",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sq": "çë",
    "sv": "åäö",
    "tr": "çğıİöşü",
}
"""Letters in their own right: never an accent that was left out, never a slip. Vietnamese is told apart: all are."""

ARTICLES: dict[str, str] = {
    "ca": "el la els les en na un una uns unes l'",
    "da": "en et den det de",
    "de": "der die das den dem des ein eine einen einem einer eines",
    "el": "ο η το οι τα τον την τη του της των τους τις ένας μία μια ένα",
    "en": "the a an",
    "es": "el la los las lo un una unos unas",
    "fr": "le la les un une des du de+la de+l' l'",
    "gl": "o a os as un unha uns unhas",
    "hu": "a az egy",
    "it": "il lo la i gli le un uno una l' un'",
    "nl": "de het een 't",
    "no": "en ei et den det de",
    "pt": "o a os as um uma uns umas",
    "ro": "un o niște",
    "sv": "en ett den det de",
}
"""Free-standing articles, and with an apostrophe those that lean on the noun; `+` stands for the space inside one.
Arabic's is part of the word. Turkish, Russian, Hindi, Japanese, Chinese, Korean, Vietnamese and others have none."""

NEGATIONS: dict[str, str] = {
    "ca": "no mai res ningú cap ni sense tampoc",
    "cs": "ne není nikdy nic nikdo nikde žádný žádná žádné ani bez",
    "da": "ikke ej aldrig ingen intet ingenting nej uden hverken",
    "de": "nicht nichts nie niemals niemand niemanden niemandem nirgends nirgendwo nein weder ohne kaum "
    "kein keine keinen keinem keiner keines keins keinesfalls keineswegs",
    "el": "δεν δε μην μη όχι ποτέ τίποτα τίποτε κανείς κανένας ούτε χωρίς",
    "en": "no not never none nothing nobody nowhere neither nor cannot cant without hardly",
    "es": "no nunca jamás nada nadie ningún ninguno ninguna ni sin tampoco",
    "fi": "en et ei emme ette eivät älä älkää ilman",
    "fr": "ne pas jamais rien personne aucun aucune ni non sans guère nul nulle",
    "hr": "ne nije nisam nikad nikada ništa nitko ni bez",
    "hu": "nem ne nincs sem soha semmi senki nélkül",
    "it": "non no mai niente nulla nessuno nessuna né senza neanche nemmeno neppure",
    "nl": "niet niets nooit niemand nergens geen nee noch zonder",
    "no": "ikke ikkje ei aldri ingen intet ingenting nei uten verken",
    "pl": "nie nigdy nic nikt nigdzie żaden żadna żadne ani bez",
    "pt": "não nunca jamais nada ninguém nenhum nenhuma nem sem tampouco",
    "ro": "nu niciodată nimic nimeni niciun nicio nici fără",
    "ru": "не нет ни никогда ничего ничто никто никого никому нигде никуда никакой никак нельзя без",
    "sk": "nie nikdy nič nikto nikde žiadny žiadna žiadne ani bez",
    "sv": "inte icke ej aldrig ingen inget inga ingenting nej utan varken",
    "tr": "değil değilim değilsin değiliz değildir yok hayır hiç asla hiçbir",
    "uk": "не ні ніколи нічого ніщо ніхто ніде без",
    "vi": "không chưa chẳng chả đừng",
}
NEGATIVE_PREFIXES: dict[str, str] = {
    "cs": "ne",
    "da": "u",
    "de": "un in im il ir",
    "en": "un in im il ir",
    "es": "in im i",
    "fr": "in im il ir de",
    "it": "in im il ir",
    "nl": "on in im ir",
    "no": "u",
    "pl": "nie",
    "pt": "in im i",
    "ro": "ne in im i",
    "ru": "не",
    "sk": "ne",
    "sv": "o",
    "uk": "не",
}
"""Those of one and two letters, which the limit of the slips would let pass; as they are once accents are dropped."""
NEGATED_FORMS: dict[str, str] = {"en": r"n't$", "tr": r"\Bm(?:[ıiuü]yor|[ae](?:[dyzs]|m[aeıi]))"}
"""What a negated verb has in it: don't; bilmiyorum, gelmedi, olmaz."""

ALIASES = {"nb": "no", "nn": "no", "iw": "he", "tl": "fil", "bs": "hr", "gsw": "de", "cmn": "zh"}


@dataclass(frozen=True, slots=True)
class Language:
    """The tables of one language; empty where none are known."""

    code: str
    is_cjk: bool = False
    is_turkic: bool = False
    has_joiners: bool = False
    are_all_distinct: bool = False
    distinct: frozenset[str] = frozenset()
    articles: tuple[str, ...] = ()
    negations: frozenset[str] = frozenset()
    negative_prefixes: tuple[str, ...] = ()
    negated: re.Pattern[str] | None = None


@cache
def language_of(tag: str) -> Language:
    """The tables for a BCP 47 tag: `pt-BR` has those of `pt`. Raises ValueError on what is no such tag."""
    if not TAG.fullmatch(tag):
        raise ValueError(f"{tag!r} is no language tag, such as ja or pt-BR")
    code, *others = tag.replace("_", "-").lower().split("-")
    code = ALIASES.get(code, code)
    negated = NEGATED_FORMS.get(code)
    return Language(
        code=code,
        is_cjk=code in CJK and "latn" not in others,
        is_turkic=code in TURKIC,
        has_joiners=code in JOINING,
        are_all_distinct=code == "vi",
        distinct=frozenset(DISTINCT.get(code, "")),
        articles=tuple(each.replace("+", " ") for each in ARTICLES.get(code, "").split()),
        negations=frozenset(NEGATIONS.get(code, "").split()),
        negative_prefixes=tuple(NEGATIVE_PREFIXES.get(code, "").split()),
        negated=re.compile(negated) if negated else None,
    )


def letters_of(tag: str) -> tuple[str, ...]:
    """The keys to show beside a field: letters that a plain Latin keyboard lacks, lower case; none where none help.

    A combining mark is a key of its own in Hindi and Vietnamese: it is typed after its letter.
    """
    return tuple(LETTERS.get(language_of(tag).code, "").split())
