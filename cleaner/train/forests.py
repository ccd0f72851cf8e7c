"""Fitting a forest: feature columns, labels and weights in, a `Forest` out.

CatBoost grows the trees because its trees are oblivious, the kind that is scored fastest, column by column.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cleaner.label.forest import Forest

Floats = npt.NDArray[np.float32]

LEARNING_RATE: Final = 0.1
"""Share of what is left to be learned that each tree takes on."""
SETTINGS: Final[dict[str, Any]] = {
    "depth": 6,
    "l2_leaf_reg": 20,  # pages of one site vote alike; strong smoothing keeps one site from making a leaf
    "subsample": 0.7,
    "rsm": 0.3,  # columns tried per tree: many say nearly the same
    "border_count": 64,
    "bootstrap_type": "Bernoulli",
    "boosting_type": "Plain",
    "random_seed": 1,
    "thread_count": 2,  # part of the recipe: sums are added in another order with another number
    "verbose": 0,
    "allow_writing_files": False,
}


def fit_forest(
    names: Sequence[str],
    table: Floats,
    body: npt.NDArray[np.bool_],
    weight: Floats,
    trees: int,
    rate: float = LEARNING_RATE,
) -> Forest:
    """Fit `trees` oblivious trees to a table of one row a block; rows of weight 0 are left out.

    With a lower `rate` of learning it takes more trees, and chance has less of a say in what comes out.
    """
    try:
        from catboost import CatBoostClassifier, Pool
    except ImportError as missing:
        raise SystemExit("training needs the extra 'train': pip install '.[train]'") from missing

    used = weight > 0
    model = CatBoostClassifier(iterations=trees, learning_rate=rate, **SETTINGS)
    model.fit(Pool(table[used], body[used].astype(int), weight=weight[used]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return _forest_from_json(names, json.loads(path.read_text()))


def _forest_from_json(names: Sequence[str], model: dict[str, Any]) -> Forest:
    trees, depth = model["oblivious_trees"], SETTINGS["depth"]
    features = np.zeros((len(trees), depth), dtype=np.int32)
    thresholds = np.full((len(trees), depth), np.inf, dtype=np.float32)
    leaves = np.zeros((len(trees), 1 << depth), dtype=np.float32)
    for i, tree in enumerate(trees):
        # A tree may have been stopped short: the missing questions are answered "no" by everyone.
        for j, split in enumerate(tree["splits"] or ()):
            features[i, j] = split["float_feature_index"]
            thresholds[i, j] = split["border"]
        leaves[i, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, bias = model["scale_and_bias"]
    forest = Forest(tuple(names), features, thresholds, leaves * np.float32(scale), float(bias[0]))
    return only_used(forest)


def only_used(forest: Forest) -> Forest:
    """The same forest without the columns that no tree asks about."""
    asked = sorted(set(forest.features.ravel().tolist()))
    renumbered = np.searchsorted(asked, forest.features).astype(np.int32)
    names = tuple(forest.names[i] for i in asked)
    return Forest(names, renumbered, forest.thresholds, forest.leaves, forest.bias)
