// The gradient microscope: what it says of errors whose cause is known.
#include "autograder/tests/support/microscope.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "contracts/backprop.hpp"

namespace nn {

static std::string seen(const GradientParts& expected, const GradientParts& found,
                        const Lens& lens = {.samples = 4, .outputs = 2}) {
  return microscope(expected, found, lens).value_or("");
}

static bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Of layers 2 -> 3 -> 3 -> 2, all entries different.
static Gradients gradients() {
  return {0.5,
          {{{1, -2}, {3, 4}, {5, 6}}, {{0.1, 0.2, 0.3}, {0.4, 0.5, 0.6}, {0.7, 0.8, 0.9}}, {{-7, 8, 9}, {10, 11, -12}}},
          {{13, 14, 15}, {16, -17, 18}, {19, 20}}};
}

TEST_CASE("equal gradients are right") {
  CHECK_FALSE(microscope(gradient_parts(gradients()), gradient_parts(gradients()), {}).has_value());
  Gradients close = gradients();
  close.dW[1] += 1e-10;
  CHECK_FALSE(microscope(gradient_parts(gradients()), gradient_parts(close), {}).has_value());
}

TEST_CASE("the worst entry is named by layer, row and column, with both values") {
  Gradients wrong = gradients();
  wrong.dW[1](2, 0) = 0.75;
  wrong.dW[1](0, 1) = 0.21;
  CHECK(seen(gradient_parts(gradients()), gradient_parts(wrong)) ==
        "layer 1, row 2, column 0 of dW should have been 0.7, but it was 0.75: the worst of 2 wrong entries\n"
        "  layer 0   dW 3 x 2: right          db 3 x 1: right\n"
        "  layer 1   dW 3 x 3: 2 of 9 wrong   db 3 x 1: right\n"
        "  layer 2   dW 2 x 3: right          db 2 x 1: right\n"
        "  loss: right\n"
        "  only dW is wrong\n"
        "  only layer 1 is wrong\n"
        "  dW of layer 1 (# wrong, . right):\n"
        "    . # .\n"
        "    . . .\n"
        "    # . .");
}

TEST_CASE("a factor common to all wrong entries is named") {
  const auto off_by = [](double factor) {
    Gradients wrong = gradients();
    for (mat& dW : wrong.dW) dW *= factor;
    for (vec& db : wrong.db) db *= factor;
    return seen(gradient_parts(gradients()), gradient_parts(wrong));
  };
  CHECK(says(off_by(4), "every wrong entry is 4 times what it should be: 4 is the number of samples"));
  CHECK(says(off_by(0.25), "every wrong entry is 0.25 times what it should be: 1/4, and 4 is the number of samples"));
  CHECK(says(off_by(2), "every wrong entry is 2 times what it should be: 2 is the number of outputs"));
  CHECK(says(off_by(-1), "every wrong entry has the wrong sign"));
  CHECK(says(off_by(0), "every wrong entry is 0"));
  CHECK(says(off_by(3.7), "every wrong entry is 3.7 times what it should be"));
}

TEST_CASE("each part may be off by a factor of its own") {
  Gradients wrong = gradients();
  wrong.dW[0] *= 4;
  wrong.dW[1] *= 16;
  const std::string text = seen(gradient_parts(gradients()), gradient_parts(wrong));
  CHECK(says(text, "dW of layer 0: every wrong entry is 4 times what it should be"));
  CHECK(says(text, "dW of layer 1: every wrong entry is 16 times what it should be"));
}

TEST_CASE("two entries make no factor") {
  Gradients wrong = gradients();
  wrong.db[2] *= 3;
  CHECK_FALSE(says(seen(gradient_parts(gradients()), gradient_parts(wrong)), "times"));
}

TEST_CASE("it says which kind and which layers are wrong") {
  Gradients wrong = gradients();
  for (vec& db : wrong.db) db.fill(99);
  CHECK(says(seen(gradient_parts(gradients()), gradient_parts(wrong)), "only db is wrong"));

  wrong = gradients();
  wrong.dW[2] += 1, wrong.db[2] += 2;
  CHECK(says(seen(gradient_parts(gradients()), gradient_parts(wrong)), "only the last layer is wrong"));

  wrong = gradients();
  for (int l : {0, 1}) wrong.dW[l] += 1, wrong.db[l] += 2;
  CHECK(
      says(seen(gradient_parts(gradients()), gradient_parts(wrong)),
           "the last layer is right, all before are wrong: the error enters on the way back from layer 2 to layer 1"));

  wrong = gradients();
  wrong.dW[0] += 1;
  CHECK(says(seen(gradient_parts(gradients()), gradient_parts(wrong)),
             "layers 1 to 2 are right, layer 0 is wrong: the error enters on the way back from layer 1 to layer 0"));

  wrong = gradients();
  wrong.loss = 1;
  CHECK(says(seen(gradient_parts(gradients()), gradient_parts(wrong)),
             "all gradients are right, only the loss is wrong"));
}

TEST_CASE("a transpose is recognised, square or not") {
  Gradients wrong = gradients();
  wrong.dW[1] = wrong.dW[1].t().eval();
  CHECK(says(seen(gradient_parts(gradients()), gradient_parts(wrong)),
             "dW of layer 1 is the transpose of what it should be"));
  wrong = gradients();
  wrong.dW[0] = wrong.dW[0].t().eval();
  CHECK(seen(gradient_parts(gradients()), gradient_parts(wrong)) ==
        "dW of layer 0 should have been 3 x 2, but it was 2 x 3: it is the transpose of what it should be");
  wrong.dW[0] += 1;
  CHECK(seen(gradient_parts(gradients()), gradient_parts(wrong)) ==
        "dW of layer 0 should have been 3 x 2, but it was 2 x 3: the shape of its transpose");
}

TEST_CASE("empty, missing and additional parts are wrong") {
  Gradients wrong = gradients();
  wrong.dW[2].reset();
  CHECK(seen(gradient_parts(gradients()), gradient_parts(wrong)) ==
        "dW of layer 2 should have been 2 x 3, but it was 0 x 0");
  wrong = gradients();
  wrong.db.pop_back();
  CHECK(seen(gradient_parts(gradients()), gradient_parts(wrong)) == "db of layer 2 is missing");
  wrong = gradients();
  wrong.dW.push_back(mat(1, 1));
  CHECK(seen(gradient_parts(gradients()), gradient_parts(wrong)) ==
        "there is a dW of layer 3, but there is no such layer");
}

TEST_CASE("not-a-number and infinity are the worst of all") {
  Gradients wrong = gradients();
  wrong.dW[0].fill(1e9);
  wrong.db[1](1) = arma::datum::nan;
  CHECK(says(seen(gradient_parts(gradients()), gradient_parts(wrong)),
             "layer 1, entry 1 of db should have been -17, but it was not a number"));
  wrong = gradients();
  wrong.dW[2](1, 2) = -arma::datum::inf;
  CHECK(says(seen(gradient_parts(gradients()), gradient_parts(wrong)),
             "layer 2, row 1, column 2 of dW should have been -12, but it was -inf"));
  mat nothing(2, 2);
  nothing.fill(arma::datum::nan);
  CHECK(says(seen(gradient_parts(mat{{1, 2}, {3, 4}}), gradient_parts(nothing)), "dZ 2 x 2: all wrong"));
}

TEST_CASE("a dense layer alone has no layer number") {
  const DenseGradients right{{{1, 2}, {3, 4}, {5, 6}}, {7, 8, 9}, {{10, 11, 12}, {13, 14, 15}}};
  DenseGradients wrong = right;
  wrong.db /= 3;
  CHECK(seen(gradient_parts(right), gradient_parts(wrong), {.samples = 3}) ==
        "entry 2 of db should have been 9, but it was 3: the worst of 3 wrong entries\n"
        "  dW 3 x 2: right   db 3 x 1: all wrong   dX 2 x 3: right\n"
        "  only db is wrong\n"
        "  every wrong entry is 0.33333 times what it should be: 1/3, and 3 is the number of samples");
}

TEST_CASE("a large map keeps within a terminal") {
  mat right(100, 300, arma::fill::ones), wrong = right;
  wrong(99, 299) = 2;
  const std::string text = seen(gradient_parts(right), gradient_parts(wrong));
  CHECK(says(text, "row 99, column 299 of dZ should have been 1, but it was 2\n"));
  std::size_t lines = 0;
  for (std::size_t begin = 0, end; begin < text.size(); begin = end + 1, ++lines) {
    end = std::min(text.find('\n', begin), text.size());
    CHECK(end - begin <= 78);
  }
  CHECK(lines <= 16);
}

}  // namespace nn
