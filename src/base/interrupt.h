// Ctrl-C and SIGTERM: finish what is in flight, then stop.
#pragma once

namespace cadrecode {

// From now on the first SIGINT or SIGTERM only sets a flag; a second one ends
// the process at once. Call once, from the main thread.
void watch_interrupts();

// True once the user has asked to stop.
bool interrupted();

}  // namespace cadrecode
