"""Bone and muscle ageing in one engine: measure, screen, diagnose under every definition, explain."""
