"""Titles in links, as the filters ``slugify`` and ``slug`` of Eleventy write them, in ASCII.

Their tables are those of the packages of the same names that Eleventy 3 comes
with: what stands for each letter, in lower case.  Right-to-left letters are
escaped, since no editor shows such a line in its order.
"""

import re
import unicodedata

#: What ``slugify`` writes for letters and signs that are more than a letter of ASCII with marks on it.
_SOUNDS = (
    "ß:ss ä:ae ö:oe ü:ue æ:ae ð:d ø:o þ:th đ:d \u0621:e \u0622:a \u0623:a \u0624:w \u0625:i \u0626:y \u0627:a "
    "\u0628:b \u0629:t \u062a:t \u062b:th \u062c:j \u062d:h \u062e:kh \u062f:d \u0630:dh \u0631:r \u0632:z \u0633:s "
    "\u0634:sh \u0635:s \u0636:d \u0637:t \u0638:z \u0639:e \u063a:gh \u0640:_ \u0641:f \u0642:q \u0643:k \u0644:l "
    "\u0645:m \u0646:n \u0647:h \u0648:w \u0649:a \u064a:y \u064f:u \u0660:0 \u0661:1 \u0662:2 \u0663:3 \u0664:4 "
    "\u0665:5 \u0666:6 \u0667:7 \u0668:8 \u0669:9 \u0686:ch \u06a9:k \u06af:g \u067e:p \u0698:zh \u06cc:y ۰:0 ۱:1 "
    "۲:2 ۳:3 ۴:4 ۵:5 ۶:6 ۷:7 ۸:8 ۹:9 \u067c:p \u0681:z \u0685:c \u0689:d \ufeab:d \ufead:r \u0693:r \ufeaf:z "
    "\u0696:g \u069a:x \u06ab:g \u06bc:n \u06c0:e \u06d0:e \u06cd:ai \u0679:t \u0688:d \u0691:r \u06ba:n \u06c1:h "
    "\u06be:h \u06d2:e а:a б:b в:v г:g д:d ъе:ye е:e ё:yo ж:zh з:z и:i ый:iy й:y к:k л:l м:m н:n о:o п:p р:r с:s "
    "т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:sch ъ: ы:y ь: э:e ю:yu я:ya ı:i ա:a բ:b գ:g դ:d ե:ye զ:z է:e ը:y թ:t ժ:zh "
    "ի:i լ:l խ:kh ծ:ts կ:k հ:h ձ:dz ղ:gh ճ:tch մ:m յ:y ն:n շ:sh ո:vo չ:ch պ:p ջ:j ռ:r ս:s վ:v տ:t ր:r ց:c փ:p ք:q "
    "օ:o ֆ:f և:yev ა:a ბ:b გ:g დ:d ე:e ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:o პ:p ჟ:zh რ:r ს:s ტ:t უ:u ფ:ph ქ:q ღ:gh "
    "ყ:k შ:sh ჩ:ch ც:ts ძ:dz წ:ts ჭ:tch ხ:kh ჯ:j ჰ:h \u0780:h \u0781:sh \u0782:n \u0783:r \u0784:b \u0785:lh "
    "\u0786:k \u0787:a \u0788:v \u0789:m \u078a:f \u078b:dh \u078c:th \u078d:l \u078e:g \u078f:gn \u0790:s \u0791:d "
    "\u0792:z \u0793:t \u0794:y \u0795:p \u0796:j \u0797:ch \u0798:tt \u0799:hh \u079a:kh \u079b:th \u079c:z "
    "\u079d:sh \u079e:s \u079f:d \u07a0:t \u07a1:z \u07a2:a \u07a3:gh \u07a4:q \u07a5:w \u07a6:a \u07a7:aa \u07a8:i "
    "\u07a9:ee \u07aa:u \u07ab:oo \u07ac:e \u07ad:ey \u07ae:o \u07af:oa α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k "
    "λ:l μ:m ν:n ξ:ks ο:o π:p ρ:r σ:s τ:t υ:y φ:f χ:x ψ:ps ω:o ά:a έ:e ί:i ό:o ύ:y ή:i ώ:o ς:s ϊ:i ΰ:y ϋ:y ΐ:i ќ:kj "
    "љ:lj њ:nj ł:l є:ye і:i ї:yi ґ:g ĳ:ij ¢:c ¥:y \u07ff:b ৳:t ૱:bo ฿:b ₠:ce ₡:c ₢:cr ₣:f ₥:m ₦:n ₧:pt ₨:rs ₩:w ₫:s "
    "€:e ₭:k ₮:t ₯:dp ₰:s ₱:p ₲:g ₳:a ₴:s ₵:c ₶:tt ₷:s ₸:t ₹:r ₺:l ₽:p ₿:b ﹩:$ ￠:c ￥:y ￦:w ħ:h ‽:?! 💯:100 🔙:back "
    "🔚:end 🔛:on! 🔜:soon 🔝:top 🔞:18 🔤:abc 🔠:abcd 🔡:abcd 🔢:1234 🔣:t&@% 🔟:10 🆎:ab 🆑:cl 🆘:sos"
)

#: What ``slug`` writes for them; ``_`` is a blank.
_NAMES = (
    "$:dollar %:percent &:and <:less >:greater |:or ¢:cent £:pound ¤:currency ¥:yen ©:(c) ª:a ®:(r) º:o æ:ae ð:d "
    "ø:o þ:th ß:ss đ:dj ı:i ł:l œ:oe ə:e ƒ:f ǉ:lj ǌ:nj ˚:o ά:a έ:e ή:h ί:i ό:o ύ:y ώ:w ΐ:i α:a β:b γ:g δ:d ε:e ζ:z "
    "η:h θ:8 ι:i κ:k λ:l μ:m ν:n ξ:3 ο:o π:p ρ:r σ:s τ:t υ:y φ:f χ:x ψ:ps ω:w ϊ:i ϋ:y ΰ:y ς:s ё:yo ђ:dj є:ye і:i "
    "ї:yi ј:j љ:lj њ:nj ћ:c џ:dz а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u "
    "ф:f х:h ц:c ч:ch ш:sh щ:sh ъ:u ы:y ь: э:e ю:yu я:ya ѝ:u ґ:g ғ:gh қ:kh ң:ng ү:ue ұ:u һ:h ә:ae ө:oe Ա:a Բ:b Գ:g "
    "Դ:d Ե:e Զ:z Է:e' Ը:y' Թ:t' Ժ:jh Ի:i Լ:l Խ:x Ծ:c' Կ:k Հ:h Ձ:d' Ղ:gh Ճ:tw Մ:m Յ:y Ն:n Շ:sh Չ:ch Պ:p Ջ:j Ռ:r' Ս:s "
    "Վ:v Տ:t Ր:r Ց:c Փ:p' Ք:q' Օ:o'' Ֆ:f և:ev \u0621:a \u0622:aa \u0623:a \u0624:u \u0625:i \u0626:e \u0627:a "
    "\u0628:b \u0629:h \u062a:t \u062b:th \u062c:j \u062d:h \u062e:kh \u062f:d \u0630:th \u0631:r \u0632:z \u0633:s "
    "\u0634:sh \u0635:s \u0636:dh \u0637:t \u0638:z \u0639:a \u063a:gh \u0641:f \u0642:q \u0643:k \u0644:l \u0645:m "
    "\u0646:n \u0647:h \u0648:w \u0649:a \u064a:y \u064b:an \u064c:on \u064d:en \u064e:a \u064f:u \u0650:e \u0652: "
    "\u0660:0 \u0661:1 \u0662:2 \u0663:3 \u0664:4 \u0665:5 \u0666:6 \u0667:7 \u0668:8 \u0669:9 \u067e:p \u0686:ch "
    "\u0698:zh \u06a9:k \u06af:g \u06cc:y ۰:0 ۱:1 ۲:2 ۳:3 ۴:4 ۵:5 ۶:6 ۷:7 ۸:8 ۹:9 ฿:baht ა:a ბ:b გ:g დ:d ე:e ვ:v "
    "ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:o პ:p ჟ:zh რ:r ს:s ტ:t უ:u ფ:f ქ:k ღ:gh ყ:q შ:sh ჩ:ch ც:ts ძ:dz წ:ts ჭ:ch ხ:kh "
    'ჯ:j ჰ:h –:- ‘:\' ’:\' “:" ”:" „:" †:+ •:* …:... ₠:ecu ₢:cruzeiro ₣:french_franc ₤:lira ₥:mill ₦:naira '
    "₧:peseta ₨:rupee ₩:won ₪:new_shequel ₫:dong €:euro ₭:kip ₮:tugrik ₯:drachma ₰:penny ₱:peso ₲:guarani ₳:austral "
    "₴:hryvnia ₵:cedi ₸:kazakhstani_tenge ₹:indian_rupee ₺:turkish_lira ₽:russian_ruble ₿:bitcoin ℠:sm ™:tm ∂:d "
    "∆:delta ∑:sum ∞:infinity ♥:love 元:yuan 円:yen \ufdfc:rial \ufef5:laa \ufef7:laa \ufef9:lai \ufefb:la"
)

#: The letters that ``slug`` writes without their marks: others it leaves out.
_BARE = (
    "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćčďēėęěğģĩīįķļľńņňōőŕřśşšţťũūůűųŵŷźżžơưșțṣẁẃẅạảấầẩẫậắằẳẵặẹẻẽ"
    "ếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
)

#: What `slugify` knows letters for that are not listed here: in circles, of mathematics, of alchemy.
_FANCY = re.compile("[\u2460-\u24ff\U0001d400-\U0001d7ff\U0001f100-\U0001f1ff\U0001f650-\U0001f77f]")
#: Marks of Unicode's property Diacritic, as far as one may stand between letters of ASCII.
_MARKS = re.compile(
    "[\\^`\xa8\xaf\xb4\xb7\xb8\u02b0-\u034e\u0350-\u0357\u035d-\u0362\u0374\u0375\u037a\u0384\u0385\u0483-\u0487"
    "\u0559\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0657\u0658\u06df\u06e0\u06e5\u06e6"
    "\u06ea-\u06ec\u1ab0-\u1abe\u1d2c-\u1d6a\u1d9b-\u1dbe\u1dc4-\u1dcf\u1df5-\u1dff\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf"
    "\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd\u1ffe\u2e2f\u302a-\u302f\u3099-\u309c\u30fc\uff3e\uff40\uff70\uff9e\uff9f\uffe3]"
)
_CONTRACTION = re.compile(r"([a-z0-9])'([ts])(?=\s|$)")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_DROPPED_BY_SLUG = re.compile(r"""[^A-Za-z0-9_\s$*+~.()'"!:@-]""")
#: Capital letters that `slug` leaves out, though it knows the small ones.
_UNKNOWN_CAPITALS = frozenset("ƑǇǊϴЍ")


def _table(pairs: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in pairs.split(" "))


_SLUGIFIED = {**_table(_SOUNDS), "&": " and ", "\N{BLACK HEART SUIT}": " love ", "\N{UNICORN FACE}": " unicorn "}
_SIGN = re.compile("ъе|ый|" + "|".join(map(re.escape, _SLUGIFIED)))
_SLUGGED = {
    **{sign: name.replace("_", " ") for sign, name in _table(_NAMES).items()},
    **{letter: unicodedata.normalize("NFD", letter)[0] for letter in _BARE},
    **dict.fromkeys("-\u2013", " "),
}


def slugify(text: str) -> str:
    """Return ``text`` as the filter ``slugify`` does; "" where nothing of it is left."""
    written = text.lower()
    if not text.isascii():
        # The capital beta alone has another sound than the small one.
        lower = unicodedata.normalize("NFC", text).replace("Β", "B").lower()
        written = _SIGN.sub(lambda sign: _SLUGIFIED[sign[0]], unicodedata.normalize("NFC", lower))
        written = unicodedata.normalize("NFD", _FANCY.sub(_usual, written))
    elif "&" in text:
        written = written.replace("&", " and ")
    written = _CONTRACTION.sub(r"\1\2", _MARKS.sub("", written))
    return _NOT_IN_SLUG.sub("-", written).strip("-")


def is_a_guess(text: str) -> bool:
    """Tell whether ``text`` has letters for which `slugify` may write something else than here."""
    return _FANCY.search(text) is not None


def slug(text: str) -> str:
    """Return ``text`` as the older filter ``slug`` does, which leaves many signs where they are."""
    written = "".join(map(_slugged, unicodedata.normalize("NFC", text)))
    return "-".join(written.split())


def _slugged(sign: str) -> str:
    found = _SLUGGED.get(sign)
    if found is None:
        lower = sign.lower()
        found = lower if sign in _UNKNOWN_CAPITALS else _SLUGGED.get(lower, lower)
    return _DROPPED_BY_SLUG.sub("", found)


def _usual(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFKD", letter[0]).lower()
