"""Makes folders of notes that look like a log of years: hundreds of authors, five tags a note,
links, footnotes, tables, task lists, callouts, code and formulas.

The same number and seed make the same bytes. `python benchmarks/generate.py FOLDER COUNT --seed N`
writes notes for readinglog; with --plain, the same texts are written for MkDocs alone.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from unicodedata import normalize

# The texts mean nothing, but their words are spread as in real ones: some stand in every sentence,
# some in all notes on a topic, most in very few.
FRAME_WORDS = (
    "the of a to and in is that for with it as on by than this from not are at which be or but an "
    "its when one more they was only what has no if so where all each their between most other how "
    "same some without over after while does still less into both two even then because under may "
    "would much since few often before very such few once again could"
).split()
TERMS = (
    "attention expert router token gradient kernel tile warp register layout noise velocity score "
    "guidance latent prompt reward policy rubric teacher student logit entropy loss batch cache "
    "memory bandwidth precision format rounding schedule sampler solver flow path model layer "
    "residual stream depth width sparse dense balance auxiliary bias update shared capacity factor "
    "encoder decoder embedding vocabulary corpus filter mixture ablation baseline benchmark scale "
    "exponent compute budget optimizer momentum decay warmup checkpoint shard pipeline replica "
    "latency throughput queue prefill speculative draft verifier proof search tree rollout critic "
    "advantage preference annotator judge refusal attack probe circuit feature neuron activation "
    "steering dictionary superposition concept saliency calibration confidence variance posterior "
    "prior likelihood diffusion denoiser manifold spectrum frequency patch frame caption speech "
    "retrieval index passage reranker context window position rotation horizon agent tool browser "
    "simulator robot protein molecule climate theorem lemma bound regret dataset label split leak "
    "contamination seed significance replication limitation assumption evidence mechanism threshold"
).split()
TAGS = {  # with those below them, the most frequent first
    "architectures": "attention state-space-models mixture-of-experts long-context positions "
    "normalization memory-layers",
    "training": "pretraining optimizers scaling-laws data-mixtures curricula distillation "
    "tokenizers initialization",
    "post-training": "preference-learning instruction-tuning reward-models self-improvement "
    "verifiable-rewards rubrics",
    "systems": "kernels serving parallelism quantization speculative-decoding compilers "
    "low-precision checkpointing",
    "reasoning": "chains-of-thought test-time-compute formal-proofs planning code-models",
    "agents": "tool-use computer-use multi-agent agent-memory context-management",
    "generation": "diffusion flow-matching image-models video-models speech-models guidance",
    "understanding": "interpretability probing sparse-autoencoders steering training-dynamics",
    "evaluation": "benchmarks judges contamination calibration human-studies",
    "society": "safety privacy labour policy energy",
}
FIRST_NAMES = (
    "Ada Bo Chi Daniel Eve Fei Gil Hana Ivo José Kai Łucja Mei Nur Ola Pia Qi Rui Sören Tom Uma Vik "
    "Wei Xin Yan Zoë"
).split()
LAST_NAMES = (
    "Adams Bell Chen Díaz Engel Fox Gupta Hill Ito Jung Kim Lee Müller Nair Okoye Park Quinn Rao "
    "Sato Tran Unger Vos Wójcik Xu Yang Zhu"
).split()
VENUES = "NeurIPS ICML ICLR ACL EMNLP CVPR MLSys TMLR JMLR".split()
OPENINGS = "What Why How Where When Fast Deep Simple Rethinking Scaling Measuring Towards".split()
FORMULAS = (
    r"\mathcal{L} = -\sum_{t=1}^{T} \log p_\theta(x_t \mid x_{<t})",
    r"\frac{1}{N} \sum_{i=1}^{N} \left( \frac{p_i}{q_i} \right)^{\alpha}",
    r"\nabla_\theta J = \mathbb{E}\left[ A \, \nabla_\theta \log \pi_\theta(a \mid s) \right]",
    r"L(N, D) = E + \frac{A}{N^{\alpha}} + \frac{B}{D^{\beta}}",
)
SYMBOLS = (r"x_t^2", r"\alpha", r"d_k", r"O(n \log n)", r"p(y \mid x)", r"\lambda = 0.1")
SYLLABLES = [
    consonant + vowel for consonant in "b c d f g h k l m n p r s t v".split() for vowel in "aeiou"
]
HEADINGS = ("What it claims", "How it works", "What was measured", "What to doubt")

_FIRST_DAY = date(2022, 1, 1)  # of the log
_DAYS = 1_300
_INVENTED_SHARE = 0.25  # of the words of a text
_TAGS_OF_NOTE = 5
_NOTES_FOR_A_HUB = 40
_NAME_LENGTH = 60


class InventedWords:
    """Words that nobody else has. Up to 60 times the root of n differ among n of them (Heaps' law);
    each of the others is one that stands already, the more often the likelier (Zipf's law).
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._known = {*FRAME_WORDS, *TERMS}
        self._written: list[str] = []
        self._different = 0

    def draw(self) -> str:
        """Return the next word of a text."""
        length = len(self._written) + 1
        is_new = self._different < 60 * math.isqrt(length) and self._chance.random() < 0.5
        if is_new or not self._written:
            word = self.invent()
            self._different += 1
        else:
            word = self._chance.choice(self._written)
        self._written.append(word)
        return word

    def invent(self) -> str:
        """Return a word that has not been there."""
        word = "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(2, 4)))
        while word in self._known:
            word += self._chance.choice(SYLLABLES)
        self._known.add(word)
        return word


@dataclass
class Draft:
    """A note while it is written."""

    title: str
    name: str  # of its file
    tags: list[str]
    alias: str = ""
    is_hub: bool = False
    targets: list[int] = field(default_factory=list)  # the numbers of the notes that it links to


def weigh_by_rank(count: int) -> list[float]:
    """Return the running sums of weights that fall with the rank: 1, 1/2, 1/3 and so on."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


class Generator:
    """Writes the notes of a log."""

    def __init__(self, count: int, seed: int) -> None:
        self._count = count
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._invented = InventedWords(self._chance)
        self._frame_weights = weigh_by_rank(len(FRAME_WORDS))
        self._tags = [tag for tags in TAGS.values() for tag in tags.split()]
        self._chance.shuffle(self._tags)
        self._tag_weights = weigh_by_rank(len(self._tags))
        self._topics = {tag: self._chance.sample(TERMS, 12) for tag in self._tags}
        self._authors = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
        self._chance.shuffle(self._authors)
        self._author_weights = weigh_by_rank(len(self._authors))
        self._drafts: list[Draft] = []

    def generate(self) -> dict[str, str]:
        """Return the files of a folder of notes, with their texts."""
        self._plan_notes()
        self._plan_links()
        files = {"tags.yml": self._format_vocabulary()}
        for number, draft in enumerate(self._drafts):
            text = self._write_head(number, draft) + self._write_body(draft)
            files[f"{draft.name}.md"] = text
        return files

    # What there is -----------------------------------------------------------------------------

    def _plan_notes(self) -> None:
        taken = set(self._tags)
        hubs = iter(self._tags[: self._count // _NOTES_FOR_A_HUB])
        for number in range(self._count):
            tag = next(hubs, "") if number % _NOTES_FOR_A_HUB == 7 else ""
            self._drafts.append(self._plan_hub(tag) if tag else self._plan_work(taken))

    def _plan_hub(self, tag: str) -> Draft:
        title = tag.replace("-", " ").capitalize()
        return Draft(title, tag, [tag], is_hub=True)

    def _plan_work(self, taken: set[str]) -> Draft:
        tags: list[str] = []
        while len(tags) < _TAGS_OF_NOTE:
            [tag] = self._chance.choices(self._tags, cum_weights=self._tag_weights)
            if tag not in tags:
                tags.append(tag)
        alias = ""
        if self._chance.random() < 0.25:
            alias = f"{self._invented.invent().capitalize()}Net"
        title = self._make_title(tags, alias)
        name = make_name(title)
        while name in taken:
            name = f"{name}-{self._invented.invent()}"
        taken.add(name)
        return Draft(title, name, tags, alias)

    def _make_title(self, tags: Sequence[str], alias: str) -> str:
        words = [
            self._chance.choice(self._topics[self._chance.choice(tags)])
            for _ in range(self._chance.randint(1, 8))
        ]
        words.insert(self._chance.randrange(len(words) + 1), self._invented.draw())
        if self._chance.random() < 0.3:
            words.insert(0, self._chance.choice(OPENINGS))
        title = " ".join(words)
        title = title[0].upper() + title[1:]
        return f"{alias}: {title}" if alias and self._chance.random() < 0.6 else title

    def _plan_links(self) -> None:
        """Choose three to eight links a note, most of them to earlier notes, of which those are
        preferred to which many lead already (Barabási and Albert, 1999).
        """
        urn: list[int] = []  # each earlier note once, and once more for each link to it
        for number, draft in enumerate(self._drafts):
            wanted = min(self._chance.randint(3, 8), self._count - 1)
            while len(draft.targets) < wanted:
                is_any = number <= wanted or self._chance.random() < 0.15
                target = self._chance.randrange(self._count) if is_any else self._chance.choice(urn)
                if target != number and target not in draft.targets:
                    draft.targets.append(target)
            urn += (number, *draft.targets)

    def _format_vocabulary(self) -> str:
        lines: list[str] = []
        for root, tags in TAGS.items():
            lines += (f"{root}:", f"  summary: All about {root}.")
            for tag in tags.split():
                lines += (
                    f"{tag}:",
                    f"  parent: {root}",
                    f"  summary: {self._make_sentence([tag])}",
                )
        return "\n".join((*lines, ""))

    # Front matter ------------------------------------------------------------------------------

    def _write_head(self, number: int, draft: Draft) -> str:
        chance = self._chance
        day = _FIRST_DAY + timedelta(days=number * _DAYS // self._count)
        lines = [f'title: "{draft.title}"', f"kind: {'topic' if draft.is_hub else 'paper'}"]
        if not draft.is_hub:
            published = day - timedelta(days=chance.randrange(3_000))
            length = chance.choice([4, 7, 10])
            lines += (
                f"authors: [{', '.join(self._choose_authors())}]",
                f"published: {published.isoformat()[:length]}",
                f"url: https://example.org/works/{number}",
                f"venue: {chance.choice(VENUES)}",
                f"status: {chance.choice(['read', 'read', 'read', 'reading', 'to-read'])}",
            )
            if chance.random() < 0.3:
                lines.append(f"rating: {chance.randint(1, 5)}")
            lines += self._list_relations(number, draft)
        lines += (f"date: {day}", f"tags: [{', '.join(draft.tags)}]")
        if draft.alias:
            lines.append(f"aliases: [{draft.alias}]")
        lines.append(f'summary: "{self._make_sentence(draft.tags)[:180]}"')
        return "\n".join(("---", *lines, "---", "", ""))

    def _choose_authors(self) -> list[str]:
        number = self._chance.randint(1, 6)
        chosen = self._chance.choices(self._authors, cum_weights=self._author_weights, k=number)
        return list(dict.fromkeys(chosen))

    def _list_relations(self, number: int, draft: Draft) -> list[str]:
        """Return relations to earlier works, so that none builds on itself in the end."""
        earlier = [target for target in draft.targets if target < number]
        works = [self._drafts[target].name for target in earlier if not self._drafts[target].is_hub]
        if not works or self._chance.random() < 0.5:
            return []
        name = self._chance.choice(["builds_on", "builds_on", "disputes"])
        return [f"{name}: [{', '.join(works[:2])}]"]

    # Text --------------------------------------------------------------------------------------

    def _write_body(self, draft: Draft) -> str:
        chance, tags = self._chance, draft.tags
        links = [self._write_link(self._drafts[target]) for target in draft.targets]
        notes = [f"[^{number + 1}]" for number in range(chance.randint(1, 3))]
        blocks: list[str] = []
        for heading in HEADINGS:
            blocks.append(f"## {heading}")
            blocks += [self._make_paragraph(tags, links) for _ in range(chance.randint(1, 3))]
            if notes:
                blocks[-1] += notes.pop()
            blocks += self._make_extra(tags)
        blocks.append(self._make_list(tags, links))
        count = sum(block.count("[^") for block in blocks)
        blocks += [f"[^{at + 1}]: {self._make_sentence(tags)}" for at in range(count)]
        return "\n\n".join((*blocks, ""))

    def _write_link(self, target: Draft) -> str:
        form = self._chance.random()
        label = self._chance.choice(TERMS)
        if form < 0.5:
            return f"[[{target.name}]]"
        if form < 0.9:
            return f"[[{target.name}|{label}]]"
        return f"[[{target.name}#{self._chance.choice(HEADINGS)}|{label}]]"

    def _make_word(self, tags: Sequence[str]) -> str:
        form = self._chance.random()
        if form < _INVENTED_SHARE:
            return self._invented.draw()
        if form < 0.55:
            return self._chance.choice(self._topics[self._chance.choice(tags)])
        return self._chance.choices(FRAME_WORDS, cum_weights=self._frame_weights)[0]

    def _make_words(self, tags: Sequence[str], least: int = 7, most: int = 22) -> list[str]:
        words = [self._make_word(tags) for _ in range(self._chance.randint(least, most))]
        words[0] = words[0].capitalize()
        return words

    def _make_sentence(self, tags: Sequence[str]) -> str:
        return f"{' '.join(self._make_words(tags))}."

    def _make_paragraph(self, tags: Sequence[str], links: list[str]) -> str:
        """Return some sentences, with some of `links`, which are taken from the list."""
        sentences: list[str] = []
        for _ in range(self._chance.randint(3, 5)):
            words = self._make_words(tags)
            words.insert(self._chance.randint(1, len(words)), self._make_inline(links))
            sentences.append(f"{' '.join(filter(None, words))}.")
        return " ".join(sentences)

    def _make_inline(self, links: list[str]) -> str:
        """Return a link, code or the like, or nothing."""
        chance = self._chance
        form = chance.random()
        if links and form < 0.35:
            return links.pop()
        if form < 0.42:
            return f"`{chance.choice(TERMS)}_{chance.choice(TERMS)}`"
        if form < 0.50:
            return f"${chance.choice(SYMBOLS)}$"
        if form < 0.58:
            return f"**{chance.choice(TERMS)}**"
        if form < 0.62:
            return f"[{chance.choice(TERMS)}](https://example.org/{chance.randrange(1_000)})"
        if form < 0.66:  # a work is named without a link
            return chance.choice(self._drafts).alias
        return ""

    def _make_extra(self, tags: Sequence[str]) -> list[str]:
        """Return what is not a paragraph, or nothing."""
        form = self._chance.random()
        if form < 0.10:
            return [f"$$\n{self._chance.choice(FORMULAS)}\n$$"]
        if form < 0.20:
            return [self._make_code()]
        if form < 0.28:
            return [self._make_table()]
        if form < 0.35:
            items = (f"- [{self._chance.choice(' x')}] " for _ in range(3))
            return ["\n".join(f"{item}{self._make_sentence(tags)}" for item in items)]
        if form < 0.42:
            kind = self._chance.choice(["note", "warning", "question"])
            return [f"> [!{kind}]\n> {self._make_sentence(tags)}"]
        return []

    def _make_code(self) -> str:
        chance = self._chance
        name, other = chance.choice(TERMS), chance.choice(TERMS)
        return (
            f"```python\ndef {name}_{other}(x, rate={chance.randint(1, 9)}e-4):\n"
            f"    # {' '.join(chance.choices(TERMS, k=5))}\n"
            f"    for {other} in range({chance.randint(2, 64)}):\n"
            f"        x = x - rate * {name}(x, {other})\n    return x\n```"
        )

    def _make_table(self) -> str:
        chance = self._chance
        rows = [
            f"| {chance.choice(TERMS)} | {chance.uniform(40, 99):.1f} | {chance.uniform(1, 4):.2f} |"
            for _ in range(chance.randint(3, 6))
        ]
        return "\n".join(("| Setting | Accuracy | Loss |", "| --- | ---: | ---: |", *rows))

    def _make_list(self, tags: Sequence[str], links: list[str]) -> str:
        """Return a list with the links that are left, or of some open points."""
        items = [f"- {link}: {self._make_sentence(tags)}" for link in links]
        return "\n".join(items or [f"- {self._make_sentence(tags)}" for _ in range(3)])


def make_name(title: str) -> str:
    """Return the name of the file for a note with this title."""
    plain = normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_NAME_LENGTH].strip("-")


def choose_seed() -> int:
    """Return the seed that SEED names, or a new one."""
    return int(os.environ.get("SEED") or random.SystemRandom().randrange(1_000_000))


def write(folder: Path, count: int, seed: int) -> None:
    """Write a folder of `count` notes."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in Generator(count, seed).generate().items():
        (folder / path).write_text(text, encoding="utf-8")


def main() -> None:
    """Write notes as the command line says."""
    parser = argparse.ArgumentParser(description="Write a folder of made-up notes.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, help="by default $SEED, or a new one")
    parser.add_argument("--plain", action="store_true", help="for MkDocs alone")
    options = parser.parse_args()
    seed = choose_seed() if options.seed is None else options.seed
    write(options.folder, options.count, seed)
    if options.plain:
        from plain_notes import rewrite_links  # noqa: PLC0415 - which imports nothing of this

        rewrite_links(options.folder)
    print(f"{options.count:,} notes in {options.folder}, seed {seed}")


if __name__ == "__main__":
    main()
