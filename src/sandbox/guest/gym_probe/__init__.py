"""Drives every environment that a package offers through its life, and past what it expects; standard library only."""
