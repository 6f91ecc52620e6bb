#pragma once
#include <fftw3.h>

/// The version of the library, as in "fftw-3.3.10-sse2-avx": Swift does not import arrays of unknown length.
static inline const char *fftwf_version_text(void) { return fftwf_version; }
