"""Charts as SVG made on the server: bars, stacked shares, lines and histograms, each with its title, description and table.

Pure: plain values in, a `Chart` out; `templates/components/chart.html` shows it with its table. Colours differ in lightness as
well as hue (colour-blind readers and grey printers tell them apart), figures stand as text in the picture, and nothing depends on a
style sheet, so a page, a PDF and a Word picture show the same.
"""

from config.charts.bars import grouped, histogram, stacked
from config.charts.lines import lines
from config.charts.model import MARK_TONES, TONES, Chart, Series

__all__ = ["MARK_TONES", "TONES", "Chart", "Series", "grouped", "histogram", "lines", "stacked"]
