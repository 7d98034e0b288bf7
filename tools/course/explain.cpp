#include "tools/course/explain.hpp"

#include <regex>

namespace course {

std::string explained(const std::string& failure) {
  struct Rule {
    const char *sign, *sentence;
  };
  static const Rule rules[] = {
      {R"(delta is -\d+(\.0+)?, expected more than 0)",
       "^ is no power in C++ but the exclusive or of bits: 10 ^ -3 is -9. Write std::pow(10.0, -k)."},
      {R"(matrix multiplication: incompatible matrix dimensions: (\d+)x(\d+) and (\d+)x(\d+))",
       "A * B is the matrix product: A needs as many columns ($2) as B has rows ($3). Transpose one of them with .t()? "
       "Entry by entry is A % B."},
      {R"((?:addition|subtraction|element-wise (?:division|multiplication)): incompatible matrix dimensions: (\d+)x(\d+) and 1x\2\b)",
       "A row is not repeated for every row of a matrix by itself: Z.each_row() += r does that, and so do -=, /= and "
       "%=."},
      {R"((?:addition|subtraction|element-wise (?:division|multiplication)): incompatible matrix dimensions: (\d+)x(\d+) and \1x1\b)",
       "A column is not repeated for every column of a matrix by itself: Z.each_col() += b does that, and so do -=, /= "
       "and %=."},
      {R"(element-wise multiplication: incompatible matrix dimensions: (\d+)x(\d+) and (\d+)x(\d+))",
       "A % B multiplies entry by entry: both must be of one shape, but they are $1 x $2 and $3 x $4. The matrix "
       "product is A * B."},
      {R"((addition|subtraction|element-wise division): incompatible matrix dimensions: (\d+)x(\d+) and (\d+)x(\d+))",
       "Both sides must be of one shape, but they are $2 x $3 and $4 x $5."},
      {R"(each_col\(\): incompatible size; expected (\d+)x(\d+), got (\d+)x(\d+))",
       "each_col() takes a column of $1 entries, one for each row of the matrix, but it got $3 x $4. For a row there "
       "is "
       "each_row()."},
      {R"(each_row\(\): incompatible size; expected (\d+)x(\d+), got (\d+)x(\d+))",
       "each_row() takes a row of $2 entries, one for each column of the matrix, but it got $3 x $4. For a column "
       "there is "
       "each_col()."},
      {R"(index out of bounds|out of bounds)",
       "An index lies outside: rows go from 0 to n_rows - 1, columns from 0 to n_cols - 1."},
      {R"(as_scalar\(\): expression must evaluate to exactly one element)",
       "as_scalar(A) takes what has one entry. sum(A) and mean(A) of a matrix run down its columns and give a row; all "
       "entries are added by accu(A)."},
      {R"(dot\(\): objects must have the same number of elements)", "dot(a, b) needs two vectors of one length."},
      {R"(copy into submatrix: incompatible matrix dimensions: (\d+)x(\d+) and (\d+)x(\d+))",
       "The part on the left is $1 x $2, what goes into it is $3 x $4; the two must agree."},
      {R"(conversion to column vector|requested size is not compatible with column vector layout)",
       "A vec is one column; what was put into it has more. Is a sum over the columns missing, as in sum(Z, 1), or a "
       ".t()?"},
      {R"(requested size is not compatible with row vector layout)",
       "A rowvec is one row; what was put into it has more. Is a sum over the rows missing, as in sum(Z, 0), or a "
       ".t()?"},
  };
  for (const Rule& rule : rules) {
    std::smatch m;
    if (std::regex_search(failure, m, std::regex(rule.sign))) return failure + "\n" + m.format(rule.sentence);
  }
  return failure;
}

}  // namespace course
