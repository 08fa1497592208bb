"""Diagrams: Mermaid sources from records, charts from figures, and how both become SVG that is safe to show."""
