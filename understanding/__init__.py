"""What runs inside Rasa: its own Python, its own libraries, nothing else of ours."""
