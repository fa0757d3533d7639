"""Which of the 26 kinds a picture is, or none of them."""
