"""The hotline itself: rules, use cases, what is shown, what is kept."""

VERSION = "0.1.0"
