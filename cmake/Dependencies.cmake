# Every library that the tree links, all of them Debian 12 packages; scripts/lib/packages.sh names the packages.

find_package(Threads REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Poco 1.11 REQUIRED COMPONENTS Foundation Net NetSSL Crypto Util JSON Data DataSQLite)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS filesystem)
find_package(spdlog REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(prometheus-cpp REQUIRED COMPONENTS core)
find_package(CLI11 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(PhoneNumber REQUIRED)

if(BUILD_TESTING)
  find_package(Catch2 2 REQUIRED)
endif()
