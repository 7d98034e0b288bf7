"""NumPy, float32, as the books have it: an object a layer, parameters and gradients in dictionaries."""
import numpy as np

from mnist import BATCH, EPOCHS, HIDDEN, RATE, Readings, load


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, d):
        self.dW, self.db = np.dot(self.x.T, d), np.sum(d, axis=0)
        return np.dot(d, self.W.T)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, d):
        d[self.mask] = 0
        return d


class SoftmaxWithLoss:
    def forward(self, z, labels):
        p = np.exp(z - np.max(z, axis=1, keepdims=True))
        self.p, self.labels = p / np.sum(p, axis=1, keepdims=True), labels
        return -np.mean(np.log(self.p[np.arange(len(labels)), labels] + 1e-7))

    def backward(self):
        d = self.p.copy()
        d[np.arange(len(self.labels)), self.labels] -= 1
        return d / np.float32(len(self.labels))


class Network:
    def __init__(self, rng):
        def start(inputs, units):
            return (np.sqrt(2 / inputs) * rng.standard_normal((inputs, units))).astype(np.float32)

        self.parameters = {"W1": start(784, HIDDEN), "b1": np.zeros(HIDDEN, np.float32),
                           "W2": start(HIDDEN, 10), "b2": np.zeros(10, np.float32)}
        self.first = Affine(self.parameters["W1"], self.parameters["b1"])
        self.second = Affine(self.parameters["W2"], self.parameters["b2"])
        self.layers, self.loss = [self.first, Relu(), self.second], SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def gradients(self, x, labels):
        self.loss.forward(self.predict(x), labels)
        d = self.loss.backward()
        for layer in reversed(self.layers):
            d = layer.backward(d)
        return {"W1": self.first.dW, "b1": self.first.db, "W2": self.second.dW, "b2": self.second.db}


rng = np.random.default_rng(1)
x, y, x_test, y_test = load()
network = Network(rng)


def epoch():
    order = rng.permutation(len(x))
    for s in range(0, len(x), BATCH):
        chosen = order[s : s + BATCH]
        gradients = network.gradients(x[chosen], y[chosen])
        for name in gradients:
            network.parameters[name] -= np.float32(RATE) * gradients[name]


readings = Readings()
for _ in range(EPOCHS):
    readings.time(epoch)
readings.print((np.argmax(network.predict(x_test), axis=1) == y_test).mean())
