"""The image and the chart: rendered, validated, and held against the code."""
