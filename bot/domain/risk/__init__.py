"""The risk screen: which words of hers mean danger, by rules that can be read, changed and explained.

`letters` brings whatever was typed to one spelling, `vocabulary` finds the known words in it, `screen` looks for the
phrases of danger among them. The phrases themselves stand in `content/risk/`.
"""

from bot.domain.risk.screen import NOTHING, Finding, Level, Phrase, Rules, Screen

__all__ = ["NOTHING", "Finding", "Level", "Phrase", "Rules", "Screen"]
