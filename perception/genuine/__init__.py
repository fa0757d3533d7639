"""Whether a picture is of the real thing: recapture, checks, and what was seen before."""
