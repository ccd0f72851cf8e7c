"""Whether words can be a person's name, a job, a newsroom: the shapes that names are told by.

In comes a phrase or its words, out goes yes or no. Nothing here knows a list of names: what
cannot stand in one is listed instead, in the data files of every language.
"""

from __future__ import annotations

import re

from cleaner.label.lines.letters import fold
from cleaner.label.lines.words import Words, load_words

PARTICLES = frozenset(
    "van der den de la le da di do dos das du del della dello von zu zur zum ter ten te el al bin ibn abu ben"
    " y e af av vom und o' d' l' st. bint bar mac mc dei degli 't ’t wa".split()
)
"""Lower-case words inside names; the list is closed because prose begins with other ones."""
_TITLES = frozenset("mr mrs ms dr prof sir".split())
"""Words that make a full name of a surname only in form ("Dr. Roe")."""
_ELIDED = ("d'", "d’", "l'", "l’", "o'", "o’")
"""Such words that run into the next one ("d'Arcy")."""

_CJK_NAME = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff々]{2,8}|[\u3400-\u9fff々]{1,4}\s[\u3040-\u30ff\u3400-\u9fff々]{1,5}|[\uac00-\ud7a3]{2,5}"
)
_NO_CJK_NAME = (
    "一覧", "登録", "会員", "新規", "ログイン", "記事", "新聞", "通信", "著者", "作者", "编辑", "編輯",
    "写真", "動画", "特集", "連載", "速報", "関連", "続き", "提供", "転載", "終わり", "敬称", "広告", "編集",
    "取材", "構成", "文責", "配信", "更新", "公開", "参照", "出典", "参考", "全文", "撮影", "有料", "限定",
    "记者", "記者", "关于", "關於", "新闻", "新聞", "로그인", "기사", "구독", "뉴스", "목록",
)  # fmt: skip
"""Words of menus and newspapers that are written like names."""
TRIM = " \t\r\n\u00a0\u200b\ufeff,.;:|•·/\\-–—&\"“”„«»*_'‘’→>+，。：、"
"""Signs at the ends of a name that are no part of it."""


def is_role(phrase: str, words: Words) -> bool:
    """Whether a phrase is a job title ("Political Correspondent", "Sportredakteur")."""
    tokens = fold(phrase).split()
    if len(tokens) > 9:
        return False
    long = [bare for token in tokens if len(bare := token.strip(TRIM)) > 2]
    return not words.roles.isdisjoint(long) or any(map(words.role_ends.of, long))


def is_desk(phrase: str, words: Words) -> bool:
    """Whether a phrase names an organisation's writers ("Example Staff", "Sportredaktion", "Reuters")."""
    low = fold(phrase)
    if low in words.agencies:
        return True
    tokens = [token.strip(TRIM) for token in low.split()]
    if len(tokens) > 6:
        return False
    return not words.desks.isdisjoint(tokens) or any(map(words.desk_ends.of, tokens))


def is_full_name(text: str) -> bool:
    """Whether a text is a person's full name and nothing else: no role, newsroom, section or known place."""
    words = load_words()
    if not 5 <= len(text) <= 40 or "," in text:
        return False
    tokens = text.split()
    return (
        is_person(tokens, words)
        and not (len(tokens) == 2 and fold(tokens[0]).rstrip(".") in _TITLES)
        and not is_desk(text, words)
        and not is_role(text, words)
        and not _is_heading(fold(text), words)
    )


def _is_heading(low: str, words: Words) -> bool:
    """Whether a folded text names a place or a section rather than a person ("New York", "Live Updates")."""
    return low in words.places or not words.headings.isdisjoint(low.split())


def is_person(tokens: list[str], words: Words) -> bool:
    """Whether the words can be one person's full name: two to six, capitalised, none a common word."""
    if not 2 <= len(tokens) <= 6 or sum(map(len, tokens)) > 50:
        return False
    solid = 0
    for index, token in enumerate(tokens):
        if token in PARTICLES:
            if token == "und" and tokens[index - 1] not in PARTICLES:
                return False
            continue
        begun = token[2:3] if token.startswith(_ELIDED) else token[:1]
        if not begun.isupper() or not (token.isalpha() or _is_name_word(token)):
            return False
        if fold(token).strip(".,") in words.nameless:
            return False
        solid += 1
    return solid >= 2 and tokens[-1] not in PARTICLES and not all(map(_is_code, tokens))


def _is_code(token: str) -> bool:
    """Whether a word is two capitals: a language's or a licence's letters ("FR IT", "CC BY")."""
    return len(token) == 2 and token.isalpha() and token.isupper()


def _is_name_word(token: str) -> bool:
    bare = token.strip(".,")
    return bare.isalpha() or (
        bool(bare) and all(c.isalpha() or c in "-'’.‐ʼ`" or "\u0300" <= c <= "\u036f" for c in bare)
    )


def is_cjk_name(text: str) -> bool:
    """Whether the text can be a Chinese, Japanese or Korean name."""
    return bool(_CJK_NAME.fullmatch(text)) and not any(word in text for word in _NO_CJK_NAME)
