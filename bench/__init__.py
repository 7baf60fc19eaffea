"""How fast the service is: one program for each figure."""
