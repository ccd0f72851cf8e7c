"""Training of the labellers from pages and texts whose body is known."""
