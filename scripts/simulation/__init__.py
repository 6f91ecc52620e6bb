"""Parts from which the scripts make simulated telephone calls, all at 8 kHz."""
