"""QTI: version 1.2 (Canvas, Common Cartridge, text2qti) and 2.1 / 2.2, single files and packages."""
