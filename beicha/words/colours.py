"""The colours that screens and papers share: white, one deep blue, greys. States have theirs in ``states``."""

ACCENT = "#1F4E79"
"""What was got."""

LOST = "#D3DFEA"
"""What was lost, up to the full mark."""

INK, MUTED, LINE, PAPER = "#1F2933", "#5F6B77", "#D5DAE0", "#FFFFFF"
MARK = "#9A3412"
"""The pass mark and gates: a line to stay right of, in a colour that no state has."""

SECOND = "#8FA3B5"
"""A series to compare with."""

UNREPORTED = "#E4E8EC"
"""Under the hatching of a bar that rests on no report of the month."""

FONT = "'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'Segoe UI', sans-serif"
