"""How each generator names things in front matter, files and links."""
