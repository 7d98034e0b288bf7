"""What the Python programs of this folder share: the task of task.hpp, its data, and the line that each of them prints.

    PROGRAM DATA HIDDEN EPOCHS [MODE]
"""
import json
import os
import resource
import sys
import time

import numpy as np

BATCH, RATE = 100, 0.1
if len(sys.argv) < 4:
    sys.exit("usage: PROGRAM DATA HIDDEN EPOCHS [MODE]")
DATA, HIDDEN, EPOCHS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
MODE = sys.argv[4] if len(sys.argv) > 4 else ""
THREADS = int(os.environ.get("OPENBLAS_NUM_THREADS", "1"))


def idx(name):
    raw = open(os.path.join(DATA, name), "rb").read()
    sizes = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(raw[3])]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(sizes[0], -1)


def load():
    """Training images and labels, test images and labels: one row an image, float32 from 0 to 1."""
    images = [idx(p + "-images-idx3-ubyte").astype(np.float32) / np.float32(255) for p in ("train", "t10k")]
    labels = [idx(p + "-labels-idx1-ubyte").ravel().astype(np.int64) for p in ("train", "t10k")]
    return images[0], labels[0], images[1], labels[1]


class Readings:
    def __init__(self):
        self.wall, self.cpu = [], []

    def time(self, epoch, epochs=1):
        """Times a call that makes `epochs` epochs."""
        wall, cpu = time.perf_counter(), time.process_time()
        epoch()
        self.cpu += [(time.process_time() - cpu) / epochs] * epochs
        self.wall += [(time.perf_counter() - wall) / epochs] * epochs

    def print(self, accuracy):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(json.dumps({"wall": self.wall, "cpu": self.cpu, "accuracy": float(accuracy), "peak_megabytes": peak}))
