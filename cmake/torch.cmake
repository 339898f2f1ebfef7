# libtorch (BSD-3): training and whatever else needs autograd. Rooms that use it
# link the target cadrecode_torch; nothing else of the project sees it.
#
# Any 1.13 or 2.x: Debian's libtorch-dev, or the one inside a pip install of
# torch, given as
#   -DCMAKE_PREFIX_PATH=$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)')
# The package's own TorchConfig.cmake is not used: in a CUDA build it demands the
# whole CUDA toolkit, though its users need none of it, to compile or to run.
#
# Sets CADRECODE_TORCH_FOUND; CADRECODE_TORCH=ON makes its absence an error,
# AUTO (the default) a message.
set(CADRECODE_TORCH AUTO CACHE STRING "Build what needs libtorch: AUTO, ON or OFF")
set(CADRECODE_TORCH_FOUND OFF)
if(CADRECODE_TORCH)
  set(hints ${CMAKE_PREFIX_PATH} $ENV{CMAKE_PREFIX_PATH} ${Torch_DIR})
  set(roots "")
  foreach(hint ${hints})
    list(APPEND roots ${hint} ${hint}/../.. ${hint}/../../..)
  endforeach()
  find_path(CADRECODE_TORCH_INCLUDE torch/csrc/api/include/torch/torch.h HINTS ${roots} PATH_SUFFIXES include)
  get_filename_component(root "${CADRECODE_TORCH_INCLUDE}" DIRECTORY)
  foreach(lib torch torch_cpu c10)
    find_library(CADRECODE_LIB_${lib} ${lib} HINTS ${root}/lib)
  endforeach()
  if(CADRECODE_TORCH_INCLUDE AND CADRECODE_LIB_torch AND CADRECODE_LIB_torch_cpu AND CADRECODE_LIB_c10)
    set(CADRECODE_TORCH_FOUND ON)
  elseif(NOT CADRECODE_TORCH STREQUAL "AUTO")
    message(FATAL_ERROR "libtorch was not found: install libtorch-dev, give CMAKE_PREFIX_PATH (see cmake/torch.cmake), or configure with -DCADRECODE_TORCH=OFF")
  endif()
endif()

if(CADRECODE_TORCH_FOUND)
  file(STRINGS ${CADRECODE_TORCH_INCLUDE}/torch/csrc/api/include/torch/version.h version_lines REGEX "define TORCH_VERSION_(MAJOR|MINOR)")
  if(NOT version_lines)  # since 2.9
    file(STRINGS ${CADRECODE_TORCH_INCLUDE}/torch/headeronly/version.h version_lines REGEX "define TORCH_VERSION_(MAJOR|MINOR)")
  endif()
  string(REGEX REPLACE ".*MAJOR ([0-9]+).*MINOR ([0-9]+).*" "\\1.\\2" CADRECODE_TORCH_VERSION "${version_lines}")
  # Wheels up to 2.5 were built with the old string ABI, which nothing else here speaks.
  file(GLOB_RECURSE config ${root}/share/cmake/Torch/TorchConfig.cmake)
  if(config)
    file(STRINGS ${config} old_abi REGEX "_GLIBCXX_USE_CXX11_ABI=0")
  endif()
  if(old_abi)
    message(FATAL_ERROR "The libtorch in ${root} uses the old C++ ABI (_GLIBCXX_USE_CXX11_ABI=0): take torch 2.6 or newer, a cxx11-abi libtorch, or -DCADRECODE_TORCH=OFF")
  endif()
  message(STATUS "libtorch ${CADRECODE_TORCH_VERSION} in ${root}")

  add_library(cadrecode_torch INTERFACE)
  target_include_directories(cadrecode_torch SYSTEM INTERFACE ${CADRECODE_TORCH_INCLUDE} ${CADRECODE_TORCH_INCLUDE}/torch/csrc/api/include)
  # Since 2.12 the wheels carry another fmt among torch's headers: ours is found first.
  if(EXISTS ${CADRECODE_TORCH_INCLUDE}/fmt AND NOT CADRECODE_TORCH_INCLUDE STREQUAL "/usr/include")
    find_path(CADRECODE_FMT_INCLUDE fmt/core.h REQUIRED)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/headers_before_torch)
    file(CREATE_LINK ${CADRECODE_FMT_INCLUDE}/fmt ${CMAKE_BINARY_DIR}/headers_before_torch/fmt SYMBOLIC)
    target_include_directories(cadrecode_torch SYSTEM BEFORE INTERFACE ${CMAKE_BINARY_DIR}/headers_before_torch)
  endif()
  # libtorch.so pulls in the CUDA half where there is one, though no symbol of it
  # is named; what that half needs is found beside it when the program starts.
  target_link_libraries(cadrecode_torch INTERFACE
    -Wl,--push-state,--no-as-needed ${CADRECODE_LIB_torch} -Wl,--pop-state
    ${CADRECODE_LIB_torch_cpu} ${CADRECODE_LIB_c10} -Wl,--allow-shlib-undefined)
else()
  message(STATUS "libtorch: not used (no training)")
endif()
