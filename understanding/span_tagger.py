"""Entities: a conditional random field over characters, with a dictionary's words as a hint.

Rasa's own CRFEntityExtractor cannot look at neighbours together, and trains itself anew whenever
a server starts; README has what both measured.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Text, Tuple

import jieba
import jieba.posseg
import pycrfsuite
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding.characters import OUTSIDE, Piece, Word, features, pieces

NO_ENTITY = "O"
MODEL_FILE = "spans.crfsuite"


class Dictionary:
    """Jieba's words and those of our own files, each with its part of speech."""

    def __init__(self, folder: Path) -> None:
        jieba.setLogLevel("WARNING")
        self._words = jieba.posseg.POSTokenizer(jieba.Tokenizer())
        for file in sorted(folder.glob("*.txt")):
            self._words.tokenizer.load_userdict(str(file))

    def words_of(self, text: Text, tokens: Sequence[Piece]) -> List[Word]:
        """For each token, the word that its first character belongs to."""
        by_character: List[Word] = []
        for found in self._words.cut(text):
            word = Word(found.word, found.flag, len(by_character))
            by_character += [word] * len(found.word)
        by_character += [OUTSIDE] * (len(text) - len(by_character))
        return [by_character[token.start] for token in tokens]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpanTagger(GraphComponent, EntityExtractorMixin):
    """Finds the entities of the training data's kinds.

    Config:
        dictionary_path: A folder of jieba word lists; they travel with the model.
        max_iterations, c1, c2: Of the training: its steps, and the two penalties.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The component's options."""
        return {"dictionary_path": None, "max_iterations": 80, "c1": 0.1, "c2": 0.01}

    @staticmethod
    def required_packages() -> List[Text]:
        """What has to be installed; ``sklearn_crfsuite`` brings pycrfsuite."""
        return ["jieba", "sklearn_crfsuite"]

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        dictionary: Dictionary,
        model: Optional[bytes] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._dictionary = dictionary
        self._open(model)

    def _open(self, model: Optional[bytes]) -> None:
        self._tagger = None
        self._model = model  # the tagger reads these bytes as long as it lives, without a copy
        if model is not None:
            self._tagger = pycrfsuite.Tagger()
            self._tagger.open_inmemory(model)

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpanTagger":
        """Called by Rasa's graph before training."""
        return cls(config, model_storage, resource, Dictionary(Path(config["dictionary_path"])))

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SpanTagger":
        """The trained component, its word lists included."""
        with model_storage.read_from(resource) as folder:
            model = (folder / MODEL_FILE).read_bytes()
            return cls(config, model_storage, resource, Dictionary(folder), model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples, those without entities too; store model and word lists."""
        trainer = pycrfsuite.Trainer(verbose=False)
        for example in training_data.nlu_examples:
            tokens, seen = self._look_at(example.get(TEXT))
            trainer.append(seen, _labels(tokens, example.get(ENTITIES, [])))
        trainer.set_params(
            {
                "c1": self._config["c1"],
                "c2": self._config["c2"],
                "max_iterations": self._config["max_iterations"],
                "feature.possible_transitions": True,
            }
        )
        with self._model_storage.write_to(self._resource) as folder:
            trainer.train(str(folder / MODEL_FILE))
            for file in Path(self._config["dictionary_path"]).glob("*.txt"):
                shutil.copy(file, folder)
            self._open((folder / MODEL_FILE).read_bytes())
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: what comes after does not learn from found entities."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities found to each message."""
        for message in messages:
            found = self.add_extractor_name(self._find(message.get(TEXT) or ""))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _look_at(self, text: Text) -> Tuple[List[Piece], List[List[Text]]]:
        tokens = pieces(text)
        words = self._dictionary.words_of(text, tokens)
        return tokens, features([token.text for token in tokens], words)

    def _find(self, text: Text) -> List[Dict[Text, Any]]:
        tokens, seen = self._look_at(text)
        if self._tagger is None or not tokens:
            return []
        labels = self._tagger.tag(seen)
        found = []
        for entity, first, last in _spans(labels):
            start, end = tokens[first].start, tokens[last].start + len(tokens[last].text)
            sure = [self._tagger.marginal(labels[at], at) for at in range(first, last + 1)]
            found.append(
                {
                    "entity": entity,
                    "start": start,
                    "end": end,
                    "value": text[start:end],
                    "confidence_entity": min(sure),
                }
            )
        return found


def _labels(tokens: Sequence[Piece], entities: Sequence[Dict[Text, Any]]) -> List[Text]:
    """B- for an entity's first token, I- for the others, O outside."""
    labels = [NO_ENTITY] * len(tokens)
    for entity in entities:
        inside = [
            at for at, token in enumerate(tokens) if entity["start"] <= token.start < entity["end"]
        ]
        for at in inside:
            labels[at] = f"{'B' if at == inside[0] else 'I'}-{entity['entity']}"
    return labels


def _spans(labels: Sequence[Text]) -> Iterator[Tuple[Text, int, int]]:
    """Each entity with its first and last token; an I- without its B- begins one too."""
    first = 0
    for at, label in enumerate(labels):
        entity = label[2:]
        if label[:2] == "B-" or labels[at - 1 : at] not in ([f"B-{entity}"], [f"I-{entity}"]):
            first = at
        if label != NO_ENTITY and labels[at + 1 : at + 2] != [f"I-{entity}"]:
            yield entity, first, at
