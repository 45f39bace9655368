"""Measured side by side in one run, as ratios; never timed tests."""
