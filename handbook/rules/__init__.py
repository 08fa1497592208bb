"""What may stand on a page, and how: judged from the files alone, without Sphinx, in seconds.

`passages` reads pages; `form`, `wording` and `unsafe` judge what they hold, and `pages` puts that together. What is
refused for safety's sake is written down once, in `refusals`: the build goes by it, too, whoever has checked or not.
"""

from handbook.rules.avoided_words import AvoidedWords
from handbook.rules.pages import deep_places, page_problems
from handbook.rules.unsafe import refused_in_message, svg_problems
from handbook.rules.wording import vague_links

__all__ = ["AvoidedWords", "deep_places", "page_problems", "refused_in_message", "svg_problems", "vague_links"]
