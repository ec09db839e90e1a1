"""Texts that mean no good, or went wrong on their way: the same from the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable

from voice_guide.share import share_folder

HEAD = "title: T\nsummary: S\nminutes: 5\ndepth: 1\nsteps:\n"
_ODD = "\u202e\u2066\ufeff\ufffe\uffff\u0000\u0007\u0085\u200b\ue001\U0010ffff\u0301\u0d4d\u1160"
_SCRIPTS = [path.read_text(encoding="utf-8") for path in sorted(share_folder("scripts").glob("*.yaml"))]

Maker = Callable[[random.Random], str]


def _alias_bomb(rng: random.Random) -> str:
    deep, wide = rng.randint(2, 40), rng.randint(2, 60)
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * wide)}]" for n in range(1, deep)]
    return "\n".join(lines)


def _merges(rng: random.Random) -> str:
    return "base: &b {say: x}\nsteps:\n" + "  - <<: *b\n" * rng.randint(1, 2000)


def _deep_flow(rng: random.Random) -> str:
    depth = rng.randint(1, 100_000)
    opener = rng.choice(["[", "{a: ", "[[", "- "])
    return rng.choice(["", HEAD + "  - "]) + opener * depth + rng.choice(["", "x", "]" * depth])


def _deep_blocks(rng: random.Random) -> str:
    depth = rng.randint(1, 400)
    kind = rng.choice(["each: speaker", "when: {a: yes}", "depth: 2"])
    lines = [f"{'    ' * n}  - {kind}\n{'    ' * n}    steps:" for n in range(depth)]
    return HEAD + "\n".join(lines) + f"\n{'    ' * depth}  - say: x\n"


def _large(rng: random.Random) -> str:
    size = rng.choice([1_000, 100_000, 262_000, 262_144, 262_145, 5_000_000])
    shapes = (
        HEAD + '  - say: "' + "word " * (size // 5) + '"\n',
        "x" * size,
        HEAD + "  - say: x\n" * (size // 11),
        "".join(f"k{n}: {n}\n" for n in range(size // 10)),
        HEAD + '  - say: "' + "{speaker}" * (size // 9) + '"\n',
        "#" * size + "\n" + HEAD,
        HEAD + "  - say: x" + "\n" * size,
        "? " * (size // 2),
    )
    return rng.choice(shapes)


def _numbers(rng: random.Random) -> str:
    huge = rng.choice(
        ["9" * rng.randint(1, 10_000), "1e999999999", "-0", "0x" + "f" * 5_000, "1:30", ".inf", "٣"]
    )
    key = rng.choice(["minutes", "depth"])
    return HEAD.replace(f"{key}: {5 if key == 'minutes' else 1}", f"{key}: {huge}") + f"  - silence: {huge}\n"


def _odd_letters(rng: random.Random) -> str:
    text = list(rng.choice(_SCRIPTS)[:3000])
    for _ in range(rng.randint(1, 60)):
        text.insert(rng.randrange(len(text)), rng.choice(_ODD))
    return "".join(text)


def _escapes(rng: random.Random) -> str:
    escape = rng.choice(["\\ud800", "\\x00", "\\U00110000", "\\UFFFFFFFF", "\\u202e", "\\a", "\\N", "\\"])
    return HEAD + f'  - say: "a{escape * rng.randint(1, 500)}b"\n'


def _tags(rng: random.Random) -> str:
    tag = rng.choice(
        ["!!python/object/apply:os.system", "!!binary", "!!map", "!", "!<tag:x>", "!!set", "!!omap"]
    )
    return HEAD + f"  - say: {tag} [{rng.choice(['id', 'x', ''])}]\n" * rng.randint(1, 50)


def _broken(rng: random.Random) -> str:
    data = bytearray(rng.choice(_SCRIPTS).encode())
    for _ in range(rng.randint(1, 40)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data[: rng.randint(1, len(data))]).decode("utf-8", "replace")


def _spliced(rng: random.Random) -> str:
    lines = [line for _ in range(3) for line in rng.sample(rng.choice(_SCRIPTS).splitlines(), 12)]
    rng.shuffle(lines)
    return "\n".join(rng.choice(["", "  ", "    ", "\t"]) + line for line in lines)


def _noise(rng: random.Random) -> str:
    return rng.randbytes(rng.randint(0, 5000)).decode(rng.choice(["latin-1", "utf-8"]), "replace")


def _signs(rng: random.Random) -> str:
    return "".join(rng.choices("{}[]:,-?&*!|>'\"%@`#\n \tax1", k=rng.randint(1, 3000)))


def _parts(rng: random.Random) -> str:
    part = rng.choice(["self", "ring", "wide", "deep1", "../../etc/passwd", "opening", "none", "x" * 1000])
    return HEAD + f"  - include: parts/{part}\n" * rng.randint(1, 300)


def _multiplied(rng: random.Random) -> str:
    """Few lines that unroll to many steps."""
    asks = '      - ask: "{speaker}?"\n        of: speaker\n        answer: open\n      - mirror: {of: listener}\n'
    return HEAD + ("  - each: speaker\n    steps:\n" + asks * rng.randint(1, 200)) * rng.randint(1, 20)


def _choices(rng: random.Random) -> str:
    ways = "".join(f"      w{n}: [{{say: x}}]\n" for n in range(rng.randint(1, 3000)))
    return HEAD + f"  - choose: Which?\n    of: both\n    between:\n{ways}"


def _twice(rng: random.Random) -> str:
    return HEAD.replace("depth: 1", "depth: 1\n" * rng.randint(1, 5000)) + "  - say: x\n"


def _documents(rng: random.Random) -> str:
    return rng.choice(["---\n", "...\n", "%YAML 9.9\n---\n", "%TAG ! x\n---\n"]) * rng.randint(1, 5000) + HEAD


FAMILIES: dict[str, Maker] = {
    maker.__name__.strip("_").replace("_", " "): maker
    for maker in (
        _alias_bomb, _merges, _deep_flow, _deep_blocks, _large, _numbers, _odd_letters, _escapes, _tags, _broken,
        _spliced, _noise, _signs, _parts, _multiplied, _choices, _twice, _documents,
    )
}  # fmt: skip
"""Ways to go wrong, by name."""


def part(name: str) -> str:
    """Parts that include themselves, each other, or one another many times."""
    if name == "parts/self":
        return "steps:\n" + "  - include: parts/self\n" * 10
    if name == "parts/ring":
        return "steps:\n  - include: parts/self\n"
    if name == "parts/wide":
        return "steps:\n" + "  - include: parts/deep1\n" * 100
    if name.startswith("parts/deep"):
        return "steps:\n" + f"  - include: parts/deep{int(name.removeprefix('parts/deep')) + 1}\n" * 10
    if name == "parts/opening":
        return "steps:\n  - say: Hello.\n"
    raise LookupError(name)


def hostile(family: str, seed: int) -> str:
    """The text of a family with this seed."""
    return FAMILIES[family](random.Random(f"{family} {seed}"))  # noqa: S311 - to be the same again, not to be secret
