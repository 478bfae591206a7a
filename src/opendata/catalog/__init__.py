"""Descriptions of the datasets for portals: DCAT for harvesters, made from what writers report."""
