// Ten test digits with noise in 30 % of the pixels, what the denoiser makes of them, and what they were.
#include "lessons/13-unsupervised/figures/pictures.hpp"

namespace {

const nn::Figure denoised("denoised", [](nn::FigureData& figure) {
  const trainer::Learning images = trainer::learning_images(figure.dataset(), 2000);
  nn::Rng rng(1);
  const nn::mat shown = trainer::one_of_each(images), noisy = nn::corrupt(shown, nn::real(0.3), rng);
  const nn::Network network =
      nn::train_autoencoder({nn::he_init(64, images.X.n_rows, nn::Activation::relu, rng),
                             nn::xavier_init(images.X.n_rows, 64, nn::Activation::sigmoid, rng)},
                            images.X, nn::real(0.3), 6, 50, nn::real(0.01), rng);
  trainer::paste(figure, "noisy", noisy, images);
  trainer::paste(figure, "cleaned", nn::forward(network, noisy), images);
  trainer::paste(figure, "true", shown, images);
});

}  // namespace
