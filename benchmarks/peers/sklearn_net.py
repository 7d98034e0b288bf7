"""scikit-learn's MLPClassifier; its epochs can only be timed together."""
import warnings

from sklearn.neural_network import MLPClassifier

from mnist import BATCH, EPOCHS, HIDDEN, RATE, Readings, load

warnings.filterwarnings("ignore")  # that it has not converged
x, y, x_test, y_test = load()
network = MLPClassifier((HIDDEN,), solver="sgd", alpha=0, batch_size=BATCH, learning_rate_init=RATE, momentum=0,
                        max_iter=EPOCHS, tol=0, n_iter_no_change=10**6, random_state=1)
readings = Readings()
readings.time(lambda: network.fit(x, y), EPOCHS)
readings.print(network.score(x_test, y_test))
