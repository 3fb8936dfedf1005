"""The activities of the window, its reader and inspector, and the frame around them."""
