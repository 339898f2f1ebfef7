// Reference counts without locks, while the kernel runs on one thread.
//
// A quarter of the time of building a sketch-and-extrude part goes into OCCT's
// handles, whose counts are atomic for the sake of threads we do not start: each
// of our workers is a process with one kernel thread. The kernel's libraries
// call these two members through their symbols, so the program's own definition
// takes their place (ELF symbol interposition). Measured by perf/run_speed.py.
//
// Once a parallel boolean is asked for (set_parallel), counting is atomic as in
// the library, for good.
#include "geometry/brep/refcount.h"

#include <Standard_Transient.hxx>

namespace cadrecode::brep {
namespace {

bool g_threads = false;

}  // namespace

void count_for_threads() { g_threads = true; }

}  // namespace cadrecode::brep

void Standard_Transient::IncrementRefCounter() const {
  int& count = const_cast<int&>(myRefCount_);
  if (cadrecode::brep::g_threads) {
    __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
  } else {
    ++count;
  }
}

Standard_Integer Standard_Transient::DecrementRefCounter() const {
  int& count = const_cast<int&>(myRefCount_);
  if (cadrecode::brep::g_threads) return __atomic_sub_fetch(&count, 1, __ATOMIC_SEQ_CST);
  return --count;
}
