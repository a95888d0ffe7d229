# Language level, warnings, sanitizers and output folders: what holds for every target of the tree.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# JACKGW_ASSERT stays on in every build: it guards the program's own mistakes (host/base/assert.h).
set(CMAKE_C_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
# Line tables are enough for stack traces and keep the build of a debug preset small.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g1")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Werror $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>)

set(JACKGW_SANITIZE "" CACHE STRING "Sanitizers for the whole tree, as given to -fsanitize= (empty: none)")
if(JACKGW_SANITIZE)
  add_compile_options(-fsanitize=${JACKGW_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${JACKGW_SANITIZE})
  # g++ 12 sees uninitialised members in its own <regex> once the sanitizers' code stands between.
  add_compile_options(-Wno-maybe-uninitialized)
  if(JACKGW_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()

# The sanitizers look symbols up when the program ends: plugins stay mapped in the tests of such builds.
if(JACKGW_SANITIZE)
  set(JACKGW_KEEP_MAPPED true)
else()
  set(JACKGW_KEEP_MAPPED false)
endif()

# Precompiled headers defeat ccache unless it may trust their names and the compiler keeps the preprocessor's output. Paths
# inside of the tree are hashed relative to it, so that one clone finds what another has compiled.
find_program(CCACHE ccache)
if(CCACHE)
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
               CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()
