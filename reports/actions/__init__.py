"""Verbs of this app: each is one transaction and leaves a trail."""
