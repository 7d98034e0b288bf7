"""PyTorch: MODE `tensors` takes batches by index from one tensor, `loader` from a DataLoader."""
import torch
from torch import nn

from mnist import BATCH, EPOCHS, HIDDEN, MODE, RATE, THREADS, Readings, load

torch.set_num_threads(THREADS)
torch.manual_seed(1)
x, y, x_test, y_test = map(torch.from_numpy, load())
network = nn.Sequential(nn.Linear(784, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 10))
optimizer = torch.optim.SGD(network.parameters(), lr=RATE)
loss = nn.CrossEntropyLoss()
loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=BATCH, shuffle=True)


def batches():
    if MODE == "loader":
        yield from loader
    else:
        for chosen in torch.randperm(len(x)).split(BATCH):
            yield x[chosen], y[chosen]


def epoch():
    for xb, yb in batches():
        optimizer.zero_grad()
        loss(network(xb), yb).backward()
        optimizer.step()


readings = Readings()
for _ in range(EPOCHS):
    readings.time(epoch)
with torch.no_grad():
    readings.print((network(x_test).argmax(1) == y_test).float().mean().item())
