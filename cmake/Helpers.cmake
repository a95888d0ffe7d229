# jackgw_room(name SOURCES … DEPENDS …): one folder of the host as a static library called jackgw_<name>.
function(jackgw_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(jackgw_${name} STATIC ${ARG_SOURCES})
  target_include_directories(jackgw_${name} PUBLIC ${PROJECT_SOURCE_DIR}/host)
  target_link_libraries(jackgw_${name} PUBLIC ${ARG_DEPENDS})
endfunction()

# jackgw_test(name SOURCES … DEPENDS … [LABELS …] [TIMEOUT seconds]): a Catch2 program that ctest runs as one test.
function(jackgw_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE jackgw_test_main ${ARG_DEPENDS})
  target_compile_options(${name} PRIVATE -fPIC)  # as the precompiled header's owner; programs get -fPIE else
  target_precompile_headers(${name} REUSE_FROM jackgw_test_main)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()

# jackgw_plugin(name OUTPUT file-name SOURCES … DEPENDS …): a loadable plugin in build/<preset>/plugins.
#
# Hidden visibility, no GNU unique symbols and the version script keep every symbol but the entry inside the file: else a
# second generation binds inline statics of the first, and libraries that bind symbols into the plugin pin it in memory.
function(jackgw_plugin name)
  cmake_parse_arguments(ARG "" "OUTPUT;DIRECTORY" "SOURCES;DEPENDS" ${ARGN})
  if(NOT ARG_DIRECTORY)
    set(ARG_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  endif()
  add_library(${name} MODULE ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${ARG_OUTPUT} LIBRARY_OUTPUT_DIRECTORY ${ARG_DIRECTORY}
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${PROJECT_SOURCE_DIR}/plugin_api/plugin.map)
  target_link_libraries(${name} PRIVATE jackgw_plugin_api ${ARG_DEPENDS})
  target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
  target_link_options(${name} PRIVATE -Wl,--version-script=${PROJECT_SOURCE_DIR}/plugin_api/plugin.map)
  if(NOT JACKGW_SANITIZE)  # the sanitizers' run-time functions are found in the program that loads the plugin
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
endfunction()

# jackgw_add_folders(): every sub-folder that has a CMakeLists.txt, in alphabetical order.
function(jackgw_add_folders)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)
  foreach(file ${files})
    get_filename_component(folder ${file} DIRECTORY)
    add_subdirectory(${folder})
  endforeach()
endfunction()
