#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace jackgw::config {

struct Value;
using ValueList = std::vector<Value>;

/// What stands in a file for dates and tables, which no key takes.
struct OtherValue {};

/// A value of a config file, free of the TOML library; environment variables are filled in.
struct Value {
    std::variant<OtherValue, bool, std::int64_t, double, std::string, ValueList> data;
    std::string shown;  ///< as the file has it, quoted; what a variable held is not in it
    int line = 0;

    template <class T>
    const T* as() const {
        return std::get_if<T>(&data);
    }
};

}  // namespace jackgw::config
