"""Scripts that set up the project; none is part of the handbook itself."""
