"""The doors that people and programs come through; each thin."""
