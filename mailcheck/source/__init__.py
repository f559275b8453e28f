"""YAML files as plain nodes with places. The only package that imports PyYAML."""
