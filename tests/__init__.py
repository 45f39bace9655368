"""Scenes, rules, storage, and the house."""
