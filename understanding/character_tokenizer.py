"""Rasa's tokens, one a Chinese character: see ``characters``."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from understanding.characters import pieces


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class CharacterTokenizer(Tokenizer):
    """Cuts a text into Chinese characters, Latin words and numbers."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The options that every tokenizer of Rasa's has; none of our own."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """The tokens of one of the message's texts."""
        return [Token(piece.text, piece.start) for piece in pieces(message.get(attribute))]
