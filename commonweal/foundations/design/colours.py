"""An organisation's colour made readable: every pair a page uses has a contrast of 4.5 or more (WCAG 2.2, 1.4.3)."""

import re
from dataclasses import dataclass
from functools import lru_cache

Rgb = tuple[int, int, int]

READABLE = 4.5
DEFAULT_COLOUR = "#17514c"
WHITE: Rgb = (255, 255, 255)
INK: Rgb = (11, 12, 12)
BLACK: Rgb = (0, 0, 0)
# Below this, darkening for white text would lose the colour: dark text on it keeps it.
WORTH_DARKENING = 3.0
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Palette:
    """The colours of one organisation's pages, each as #rrggbb."""

    band: str
    band_text: str
    action: str
    action_hover: str
    link: str
    link_hover: str
    tint: str
    line: str

    def css(self) -> str:
        """The palette as CSS custom properties; it holds nothing but checked colours, so it is safe in a style."""
        properties = {
            "--cw-band": self.band,
            "--cw-band-text": self.band_text,
            "--cw-action": self.action,
            "--cw-action-hover": self.action_hover,
            "--govuk-brand-colour": self.action,
            "--govuk-link-colour": self.link,
            "--govuk-link-hover-colour": self.link_hover,
            "--govuk-surface-background-colour": self.tint,
            "--govuk-template-background-colour": self.tint,
            "--govuk-surface-border-colour": self.line,
        }
        return ":root{" + "".join(f"{name}:{colour};" for name, colour in properties.items()) + "}"


@lru_cache(maxsize=1024)
def derive_palette(colour: str) -> Palette:
    """The palette of an organisation whose colour is `colour` (#rrggbb). ValueError when it is not a colour."""
    own = _read(colour)
    band, band_text = _choose_band(own)
    tint = _mix(own, WHITE, 0.94)
    acting = _calm(own)
    action = _darken(acting, WHITE)
    link = _darken(acting, tint)
    return Palette(
        band=_write(band),
        band_text=_write(band_text),
        action=_write(action),
        action_hover=_write(_mix(action, BLACK, 0.25)),
        link=_write(link),
        link_hover=_write(_mix(link, BLACK, 0.4)),
        tint=_write(tint),
        line=_write(_mix(own, WHITE, 0.55)),
    )


def _choose_band(own: Rgb) -> tuple[Rgb, Rgb]:
    if _is_bright(own):
        return own, INK
    return _darken(own, WHITE), WHITE


def _calm(own: Rgb) -> Rgb:
    """A bright colour darkened turns to mud: nearly ink, it still belongs to the band."""
    return _mix(own, INK, 0.75) if _is_bright(own) else own


def _is_bright(own: Rgb) -> bool:
    return _contrast(own, WHITE) < WORTH_DARKENING


def _darken(colour: Rgb, against: Rgb) -> Rgb:
    share = 0.0
    darker = colour
    while _contrast(darker, against) < READABLE:
        share += 0.02
        darker = _mix(colour, BLACK, share)
    return darker


def _mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * min(share, 1.0)) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _read(colour: str) -> Rgb:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"a colour is written #rrggbb, not {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _write(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
