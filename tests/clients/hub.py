"""Read a folder with a dataset card by `datasets`, without a network: `python hub.py FOLDER CACHE`.

It has a process of its own, because `datasets` reads these settings when it is imported. It prints
one JSON object: the features and the rows of each configuration, and of the default one as "".
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from typing import Any

SETTINGS = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


def plain(value: Any) -> Any:
    """A value of a row as JSON has it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def read(folder: str, cache: str) -> dict[str, Any]:
    """What `datasets` reads."""
    os.environ.update(SETTINGS | {"HF_HOME": cache})
    import datasets

    datasets.disable_progress_bars()
    found = {}
    for name in [*datasets.get_dataset_config_names(folder), ""]:
        loaded = datasets.load_dataset(folder, name or None)
        assert list(loaded) == ["train"]
        rows = loaded["train"]
        features = {field: str(kind) for field, kind in rows.features.items()}
        cells = [{field: plain(cell) for field, cell in row.items()} for row in rows]
        found[name] = {"features": features, "rows": cells, "is": rows.config_name}
    return found


if __name__ == "__main__":
    print(json.dumps(read(*sys.argv[1:])))
