// What is promised of the lessons as they are read: the book's pages in a browser, and the words.
#pragma once

#include "tools/staff/promises.hpp"

namespace course {

void check_book(const Project& project, Findings& found);  ///< tools/book/tests/book_test.sh; its tests are the checks
/// tools/play/tests/page_test.sh, likewise; `network` reads the drawn digits, `engine` is a play_engine_ours.
void check_playground(const Project& project, const fs::path& network, const fs::path& engine, Findings& found);
void check_spelling(const Project& project, Findings& found);  ///< tools/book/spelling.sh; its files are the checks

}  // namespace course
