# libphonenumber, which has no CMake package: PhoneNumber::PhoneNumber. Its headers include those of protobuf.

find_library(PhoneNumber_LIBRARY phonenumber)
find_library(PhoneNumber_PROTOBUF_LIBRARY protobuf)
find_path(PhoneNumber_INCLUDE_DIR phonenumbers/phonenumberutil.h)
find_path(PhoneNumber_PROTOBUF_INCLUDE_DIR google/protobuf/message_lite.h)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PhoneNumber REQUIRED_VARS
  PhoneNumber_LIBRARY PhoneNumber_PROTOBUF_LIBRARY PhoneNumber_INCLUDE_DIR PhoneNumber_PROTOBUF_INCLUDE_DIR)

if(PhoneNumber_FOUND AND NOT TARGET PhoneNumber::PhoneNumber)
  add_library(PhoneNumber::PhoneNumber UNKNOWN IMPORTED)
  set_target_properties(PhoneNumber::PhoneNumber PROPERTIES
    IMPORTED_LOCATION ${PhoneNumber_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES "${PhoneNumber_INCLUDE_DIR};${PhoneNumber_PROTOBUF_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES ${PhoneNumber_PROTOBUF_LIBRARY})
endif()
