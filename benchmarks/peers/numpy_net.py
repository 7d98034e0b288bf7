"""NumPy, float32: one row an image, the equations written out."""
import numpy as np

from mnist import BATCH, EPOCHS, HIDDEN, RATE, Readings, load

rng = np.random.default_rng(1)
x, y, x_test, y_test = load()


def start(inputs, units):
    return (np.sqrt(2 / inputs) * rng.standard_normal((inputs, units))).astype(np.float32)


W1, b1, W2, b2 = start(784, HIDDEN), np.zeros(HIDDEN, np.float32), start(HIDDEN, 10), np.zeros(10, np.float32)


def epoch():
    order = rng.permutation(len(x))
    for s in range(0, len(x), BATCH):
        chosen = order[s : s + BATCH]
        xb, n = x[chosen], len(chosen)
        a1 = np.maximum(xb @ W1 + b1, 0)
        z2 = a1 @ W2 + b2
        p = np.exp(z2 - z2.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        p[np.arange(n), y[chosen]] -= 1
        d2 = p / np.float32(n)
        d1 = (d2 @ W2.T) * (a1 > 0)
        W2[...] -= np.float32(RATE) * (a1.T @ d2)
        b2[...] -= np.float32(RATE) * d2.sum(axis=0)
        W1[...] -= np.float32(RATE) * (xb.T @ d1)
        b1[...] -= np.float32(RATE) * d1.sum(axis=0)


readings = Readings()
for _ in range(EPOCHS):
    readings.time(epoch)
readings.print((np.argmax(np.maximum(x_test @ W1 + b1, 0) @ W2 + b2, axis=1) == y_test).mean())
