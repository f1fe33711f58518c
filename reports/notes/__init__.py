"""Analytical notes and papers like them: figures of a moment, sentences drafted from them, what is printed."""
