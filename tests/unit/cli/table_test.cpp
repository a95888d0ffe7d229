#include "cli/table.h"

#include <catch2/catch.hpp>

using namespace jackgw::cli;

TEST_CASE("Columns are aligned") {
    CHECK(table_text({{"NAME", "STATE"}, {"sms", "ready"}, {"e-mail", ""}, {"b\xc3\xa4r", "down"}}) ==
          "NAME    STATE\n"
          "sms     ready\n"
          "e-mail  -\n"
          "b\xc3\xa4r     down\n");
    CHECK(table_text({}).empty());
}

TEST_CASE("What comes from elsewhere cannot move the cursor") {
    CHECK(printable("a\x1b[2Jb\nc\x7f") == "a [2Jb c ");
    CHECK(printable("\xff") == "\xef\xbf\xbd");
    CHECK(printable("\xc3\xa4") == "\xc3\xa4");
}
