#pragma once

/// A recording whose first samples are these and the number of a fault has that fault, in a program that is started with
/// LD_PRELOAD and the library of this file.
enum { FAULT_MARK_A = 31337, FAULT_MARK_B = -31337 };

enum fault {
  FAULT_ABORT = 1,
  FAULT_SEGMENTATION = 2,
  FAULT_ENDLESS_LOOP = 3,
  FAULT_20_GIB = 4,
  FAULT_RUBBISH = 5,      // on every open descriptor
  FAULT_CLOSED_OUTPUT = 6,
  FAULT_SLEEP = 7,
  FAULT_ESCAPE = 8,  // no fault where nothing of what it tries succeeds
};
