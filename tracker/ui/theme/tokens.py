"""Every colour of the program, named for its role: the only place where a colour is written down."""

from __future__ import annotations

from typing import NamedTuple


class Tokens(NamedTuple):
    """One colour scheme; names and figures are those of the design's table."""

    dark: bool
    surface: str
    panel: str
    nav: str
    nav_sel: str
    raised: str
    canvas: str
    ctl: str
    hover: str
    sel: str
    line: str
    line2: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    ink_off: str
    accent: str
    focus: str
    on_accent: str
    scrim: str
    used: str
    used_line: str
    hatch: str
    band: str
    band_line: str
    bone: str
    bone_line: str
    bone_ink: str
    ok: str
    ok_tint: str
    auth: str
    auth_tint: str
    caut: str
    caut_tint: str
    no: str
    no_tint: str
    unk: str
    unk_tint: str
    neu: str
    neu_tint: str
    contrast: bool = False


LIGHT = Tokens(
    dark=False,
    surface="#FFFFFF",
    panel="#F8F9FA",
    nav="#ECEEF1",
    nav_sel="#FFFFFF",
    raised="#FFFFFF",
    canvas="#F3F4F6",
    ctl="#FFFFFF",
    hover="#F1F3F5",
    sel="#E4EDFC",
    line="#E4E7EA",
    line2="#CDD2D8",
    edge="#7F868E",
    ink="#1A1D21",
    ink2="#4A4F55",
    ink3="#666C73",
    ink_off="#9AA0A6",
    accent="#0B57D0",
    focus="#0B57D0",
    on_accent="#FFFFFF",
    scrim="#381A1D21",
    used="#BFE3DC",
    used_line="#3B8577",
    hatch="#B8504A",
    band="#E4EDFC",
    band_line="#4F7FCB",
    bone="#F6F1E6",
    bone_line="#93835F",
    bone_ink="#7A6C4A",
    ok="#0B5F50",
    ok_tint="#D5F0EA",
    auth="#0B57D0",
    auth_tint="#DCE8FC",
    caut="#7A4B00",
    caut_tint="#FFE9B8",
    no="#A50E0E",
    no_tint="#FADAD7",
    unk="#5B3E96",
    unk_tint="#E9E1F7",
    neu="#4A4F55",
    neu_tint="#ECEEF0",
)

DARK = Tokens(
    dark=True,
    surface="#1B1D20",
    panel="#17191C",
    nav="#131518",
    nav_sel="#25282D",
    raised="#24272B",
    canvas="#141619",
    ctl="#212429",
    hover="#22252A",
    sel="#1C3152",
    line="#2A2D32",
    line2="#3E4349",
    edge="#7D848C",
    ink="#E8EAED",
    ink2="#BFC4CA",
    ink3="#959CA4",
    ink_off="#666C73",
    accent="#A8C7FA",
    focus="#A8C7FA",
    on_accent="#0A2653",
    scrim="#73000000",
    used="#14524A",
    used_line="#5FB9A8",
    hatch="#CC6E67",
    band="#1C3152",
    band_line="#5A82C6",
    bone="#37342C",
    bone_line="#8C8165",
    bone_ink="#C4B68F",
    ok="#7FE0CC",
    ok_tint="#0F3B33",
    auth="#A8C7FA",
    auth_tint="#12305F",
    caut="#FFD479",
    caut_tint="#4A3300",
    no="#FFB4AB",
    no_tint="#5C1414",
    unk="#D6BFFF",
    unk_tint="#3B2A63",
    neu="#C9CDD2",
    neu_tint="#33373C",
)

CONTRAST_LIGHT = Tokens(
    dark=False,
    surface="#FFFFFF",
    panel="#FFFFFF",
    nav="#FFFFFF",
    nav_sel="#FFFFFF",
    raised="#FFFFFF",
    canvas="#FFFFFF",
    ctl="#FFFFFF",
    hover="#E8E8E8",
    sel="#D3E4FF",
    line="#767676",
    line2="#4A4A4A",
    edge="#000000",
    ink="#000000",
    ink2="#000000",
    ink3="#1F1F1F",
    ink_off="#595959",
    accent="#003A9B",
    focus="#003A9B",
    on_accent="#FFFFFF",
    scrim="#66000000",
    used="#FFFFFF",
    used_line="#00463A",
    hatch="#000000",
    band="#FFFFFF",
    band_line="#000000",
    bone="#FFFFFF",
    bone_line="#4A4A4A",
    bone_ink="#000000",
    ok="#00463A",
    ok_tint="#FFFFFF",
    auth="#003A9B",
    auth_tint="#FFFFFF",
    caut="#563200",
    caut_tint="#FFFFFF",
    no="#7D0000",
    no_tint="#FFFFFF",
    unk="#421F80",
    unk_tint="#FFFFFF",
    neu="#000000",
    neu_tint="#FFFFFF",
    contrast=True,
)
"""High contrast: no tints, no coloured hatching; outlines, glyphs and words tell everything."""

CONTRAST_DARK = Tokens(
    dark=True,
    surface="#000000",
    panel="#000000",
    nav="#000000",
    nav_sel="#000000",
    raised="#000000",
    canvas="#000000",
    ctl="#000000",
    hover="#1F1F1F",
    sel="#00305C",
    line="#7A7A7A",
    line2="#B8B8B8",
    edge="#FFFFFF",
    ink="#FFFFFF",
    ink2="#FFFFFF",
    ink3="#E6E6E6",
    ink_off="#A6A6A6",
    accent="#8FD3FF",
    focus="#FFE100",
    on_accent="#000000",
    scrim="#99000000",
    used="#000000",
    used_line="#6FF2DC",
    hatch="#FFFFFF",
    band="#000000",
    band_line="#FFFFFF",
    bone="#000000",
    bone_line="#B8B8B8",
    bone_ink="#FFFFFF",
    ok="#7CF5DF",
    ok_tint="#000000",
    auth="#8FD3FF",
    auth_tint="#000000",
    caut="#FFE16B",
    caut_tint="#000000",
    no="#FFB8B0",
    no_tint="#000000",
    unk="#E2CCFF",
    unk_tint="#000000",
    neu="#FFFFFF",
    neu_tint="#000000",
    contrast=True,
)
