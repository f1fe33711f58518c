"""Reminders of terms: on which days, to whom, in what words."""
