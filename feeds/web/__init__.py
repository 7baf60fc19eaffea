"""HTTP in, artefact out."""
