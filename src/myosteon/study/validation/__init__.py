"""Does a predicted risk hold in one's own people: discrimination, calibration, accuracy, usefulness, recalibration."""
