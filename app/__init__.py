"""The program: the window and the command line over the library."""
