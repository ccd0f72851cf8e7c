"""Clean bodies with boilerplate put into them: the material, the case maker, the scorer."""
