"""Which figure a picture is a part of, or holds among other things, as a slide does.

The greys of one are laid over those of the other at every place and in many sizes: from afar over
all figures, then nearer over those that fit best. A fit is the correlation of the two, 1 at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

AFAR, NEAR = 160, 480  # px, the longer side of what is searched
STEP = 1.04  # from one size to the next, from afar
NEARER = [1 + 0.008 * step for step in range(-5, 6)]  # sizes around the best of those
LEAST = 0.4  # of the side of one, that of the other
FLAT = 20.0  # variance of greys below which nothing is shown
FEW = 4  # candidates that are looked at nearer
FITS = 0.75  # what others reach is below 0.6
AHEAD = 0.15  # of the next figure; bare bars fit many


@dataclass(frozen=True)
class Fit:
    """How well a picture and a figure fit: `whole` where the picture holds the figure, else it is a
    part of it; `share` is the width of the inner in that of the outer."""

    score: float
    id: str
    whole: bool
    share: float


class Field:
    """An image in which a smaller one is searched."""

    def __init__(self, image: Image.Image):
        grey = np.asarray(image, dtype=float)
        grey = grey - grey.mean()
        self.shape = grey.shape
        self.padded = [1 << (side - 1).bit_length() for side in grey.shape]
        self.waves = np.fft.rfft2(grey, self.padded)
        self.sums, self.squares = (
            np.pad(each.cumsum(0).cumsum(1), ((1, 0), (1, 0))) for each in (grey, grey**2)
        )

    def fit(self, inner: Image.Image) -> float:
        """Return how well an image fits at its best place; 0 where it is larger, or bare."""
        part = np.asarray(inner, dtype=float)
        part = part - part.mean()
        (high, wide), strength = part.shape, (part**2).sum()
        if high > self.shape[0] or wide > self.shape[1] or strength < FLAT * part.size:
            return 0.0
        rest = self.shape[0] - high + 1, self.shape[1] - wide + 1
        waves = self.waves * np.conj(np.fft.rfft2(part, self.padded))
        common = np.fft.irfft2(waves, self.padded)[: rest[0], : rest[1]]
        total, squares = (
            each[high:, wide:] - each[:-high, wide:] - each[high:, :-wide] + each[:-high, :-wide]
            for each in (self.sums, self.squares)
        )
        spread = np.maximum(squares - total**2 / part.size, FLAT * part.size)
        return float((common / np.sqrt(spread * strength)).max())


def found(image: Image.Image, figures: dict[str, Image.Image]) -> Fit | None:
    """Return the figure that a picture holds or is a part of; None where it is none, or where two
    fit alike. figures : their pictures by id."""
    image = image.convert("L")
    known = {id: sized(each.convert("L"), NEAR / each.width) for id, each in figures.items()}
    best: dict[tuple, Fit] = {}
    for each in afar(image, known):
        best.setdefault((each.id, each.whole), each)
    fits = [nearer(each, image, known[each.id]) for each in list(best.values())[:FEW]]
    first = max(fits, key=lambda each: each.score, default=None)
    if first is None or first.score < FITS:
        return None
    others = [each.score for each in fits if each.id != first.id]
    return first if first.score - max(others, default=0) >= AHEAD else None


def sized(image: Image.Image, scale: float) -> Image.Image:
    """Return an image of another size."""
    size = [max(1, round(side * scale)) for side in image.size]
    return image.resize(size, Image.Resampling.BOX)


def afar(image: Image.Image, known: dict[str, Image.Image]) -> list[Fit]:
    """Return every fit from afar, the best first."""
    small = sized(image, min(1, AFAR / max(image.size)))
    around, fits = Field(small), []
    for id, figure in known.items():
        tiny = sized(figure, AFAR / figure.width)
        inside = Field(tiny)
        pairs = [(True, small, around, figure), (False, tiny, inside, image)]
        fits += [
            Fit(field.fit(sized(inner, width / inner.width)), id, whole, width / outer.width)
            for whole, outer, field, inner in pairs
            for width in widths(outer, inner)
        ]
    return sorted(fits, key=lambda each: -each.score)


def widths(outer: Image.Image, inner: Image.Image) -> Iterator[float]:
    """Yield the widths in which one image is laid over another, the largest first."""
    width = min(outer.width, outer.height * inner.width / inner.height)
    least = LEAST * max(outer.size) * inner.width / max(inner.size)
    while width >= least:
        yield width
        width /= STEP


def nearer(fit: Fit, image: Image.Image, figure: Image.Image) -> Fit:
    """Return a fit as it is from near."""
    outer, inner = (sized(image, NEAR / max(image.size)), figure) if fit.whole else (figure, image)
    field, width = Field(outer), fit.share * outer.width
    scores = [field.fit(sized(inner, width * each / inner.width)) for each in NEARER]
    return replace(fit, score=max(scores))
