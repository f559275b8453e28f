"""The suite language: from a YAML file to requirements."""
