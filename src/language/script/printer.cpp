#include "language/script/printer.h"

#include "language/script/printer_impl.h"

namespace cadrecode::script {

std::string print(const Program& program) {
  Printer printer;
  printer.block(program.body);
  return printer.out;
}

std::string print(const Expr& expr) {
  Printer printer;
  printer.expr(expr, kAny);
  return printer.out;
}

}  // namespace cadrecode::script
