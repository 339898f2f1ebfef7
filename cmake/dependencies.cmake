# Every outside library, found here and nowhere else, each with its reason.
# All come from Debian 12; scripts/setup installs them.

find_package(Threads REQUIRED)

# fmt (MIT): text formatting; std::format is missing from GCC 12.
find_package(fmt REQUIRED)

# nlohmann-json (MIT): JSON rows in and out, glTF headers, notebooks.
find_package(nlohmann_json REQUIRED)

# CLI11 (BSD-3): the command line's options, help and "did you mean".
find_package(CLI11 REQUIRED)

# expat (MIT) and zlib: the XML inside the zip of a 3MF file, streamed.
find_package(EXPAT REQUIRED)
find_package(ZLIB REQUIRED)

# FreeType (FTL, BSD-like): outlines of letters for text.
find_package(Freetype REQUIRED)

# nanoflann (BSD-2, headers only): k-d tree of points.
find_package(nanoflann REQUIRED)

# stb (MIT or public domain, headers only): PNG encoding.
find_path(STB_INCLUDE_DIR stb/stb_image_write.h REQUIRED)

# Eigen (MPL-2.0): small dense solves in alignment and fitting.
find_package(Eigen3 REQUIRED NO_MODULE)

# LEMON (Boost licence, headers): network simplex for the earth mover's distance.
find_path(LEMON_INCLUDE_DIR lemon/network_simplex.h REQUIRED)

# PCRE2 (BSD) and utf8proc (MIT): the regular expressions and the Unicode
# normalisation that tokenizer.json files ask for.
find_package(PkgConfig REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)

# mimalloc (MIT): the kernel allocates by the million; a tenth faster than
# glibc's allocator on it (perf/run_speed.py). Only the program links it, never
# a sanitizer build.
find_package(mimalloc REQUIRED)

# Highway (Apache-2.0): SIMD with dispatch at run time; one binary for AVX2 and
# AVX-512 machines.
find_package(hwy REQUIRED)

# zstd (BSD): the compression of data set shards.
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

# yaml-cpp (MIT): configuration files of generation, training and benchmarks.
find_package(yaml-cpp REQUIRED)

# cpp-httplib (MIT): the HTTP(S) client that talks to language models. Debian splits it
# into a header and a library with OpenSSL, so that it costs a second to compile.
# (Not the server: its reads have no deadline as a whole and its headers no bound.)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
add_library(cadrecode_httplib INTERFACE)
target_link_libraries(cadrecode_httplib INTERFACE PkgConfig::HTTPLIB Threads::Threads)

# Boost.Beast and Asio (Boost licence, headers): the HTTP server; every read and write
# has a deadline and every message a bound.
find_package(Boost 1.74 REQUIRED)
add_library(cadrecode_beast INTERFACE)
target_link_libraries(cadrecode_beast INTERFACE Boost::headers Threads::Threads)

# SQLite (public domain): the jobs of the server, which a restart must not lose.
find_package(SQLite3 REQUIRED)

if(CADRECODE_OCCT)
  # OCCT (LGPL-2.1 with exception): B-rep modelling, the judge and exporter.
  # Only src/geometry/brep includes its headers.
  # (Its package file accepts only an equal version, so the floor is tested here.)
  find_package(OpenCASCADE REQUIRED COMPONENTS
    FoundationClasses ModelingData ModelingAlgorithms Visualization ApplicationFramework DataExchange)
  if(OpenCASCADE_VERSION VERSION_LESS 7.6)
    message(FATAL_ERROR "OCCT 7.6 or newer is needed, found ${OpenCASCADE_VERSION}; or configure with -DCADRECODE_OCCT=OFF")
  endif()
endif()

if(CADRECODE_TESTS)
  # GoogleTest (BSD-3): unit tests.
  find_package(GTest REQUIRED)
endif()
