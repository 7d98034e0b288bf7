"""PyTorch, lesson 10's network: batches by index from one tensor, Adam."""
import torch
from torch import nn

from mnist import EPOCHS, HIDDEN, THREADS, Readings, load

BATCH, RATE = 50, 1e-3  # filter_batch and filter_rate of task.hpp
torch.set_num_threads(THREADS)
torch.manual_seed(1)
x, y, x_test, y_test = map(torch.from_numpy, load())
x, x_test = x.view(-1, 1, 28, 28), x_test.view(-1, 1, 28, 28)
network = nn.Sequential(
    nn.Conv2d(1, 8, 5), nn.MaxPool2d(2), nn.ReLU(),
    nn.Conv2d(8, 16, 5), nn.MaxPool2d(2), nn.ReLU(),
    nn.Flatten(), nn.Linear(256, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 10),
)
optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
loss = nn.CrossEntropyLoss()


def epoch():
    for chosen in torch.randperm(len(x)).split(BATCH):
        optimizer.zero_grad()
        loss(network(x[chosen]), y[chosen]).backward()
        optimizer.step()


readings = Readings()
for _ in range(EPOCHS):
    readings.time(epoch)
with torch.no_grad():
    right = sum((network(a).argmax(1) == b).sum().item() for a, b in zip(x_test.split(100), y_test.split(100)))
readings.print(right / len(y_test))
